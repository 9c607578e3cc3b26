ARG PROGRAMS
FROM ${PROGRAMS} AS programs

FROM debian AS on-debian
COPY --from=programs /out /out

# The linker does not know the library.
FROM on-debian AS on-debian-copied
COPY --from=programs /out/lib/libgreet.so.1 /usr/local/lib/

FROM on-debian-copied AS on-debian-ldconfig
RUN ldconfig

FROM debian AS on-debian-brackets
COPY --from=programs /out/c-static /out/c-static
CMD ['/out/c-static']

FROM busybox AS on-busybox
COPY --from=programs /out /out

FROM busybox AS on-volume
COPY --from=programs /out/c-static /data/c-static
VOLUME /data
ENTRYPOINT ["/data/c-static"]

FROM alpine AS on-alpine
COPY --from=programs /out /out

FROM on-alpine AS on-alpine-copied
COPY --from=programs /out/lib/libmgreet.so.1 /usr/local/lib/

FROM on-alpine-copied AS on-alpine-path
COPY --from=programs /path /

FROM on-alpine AS on-alpine-link
COPY --from=programs /link /

FROM scratch AS on-scratch
COPY --from=programs /out /out

# glibc where its linker looks for it, and where it does not.
FROM scratch AS on-copied-glibc
COPY --from=programs /out /out
COPY --from=debian /lib64/ld-linux-x86-64.so.2 /lib64/
COPY --from=debian /lib/x86_64-linux-gnu/libc.so.6 /lib/x86_64-linux-gnu/

FROM scratch AS on-misplaced-glibc
COPY --from=programs /out /out
COPY --from=debian /lib64/ld-linux-x86-64.so.2 /lib64/
COPY --from=debian /lib/x86_64-linux-gnu/libc.so.6 /lib64/
# A folder /etc without passwd.
COPY --from=programs /path /
