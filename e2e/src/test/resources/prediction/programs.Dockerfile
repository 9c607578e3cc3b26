FROM gcc AS c
WORKDIR /src
COPY . .
RUN <<EOF
set -e
mkdir -p /out/private /out/lib /out/relay
cc() { gcc -O1 -s "$@"; }
cc -o /out/c-dynamic hello.c
cc -no-pie -o /out/c-no-pie hello.c
cc -static -o /out/c-static hello.c
cc -static-pie -o /out/c-static-pie hello.c
cc -o /out/c-math math.c -lm
cc -c -o /out/c-object hello.c
chmod 755 /out/c-object
cp /out/c-static /out/c-not-executable
g++ -O1 -s -o /out/cpp-dynamic hello.cpp
g++ -O1 -s -static -o /out/cpp-static hello.cpp
g++ -O1 -s -static-libstdc++ -static-libgcc -o /out/cpp-static-libraries hello.cpp
musl-gcc -s -o /out/musl-dynamic hello.c
musl-gcc -static -s -o /out/musl-static hello.c
EOF
RUN <<EOF
set -e
cc() { gcc -O1 -s "$@"; }
lib() { cc -shared -fPIC "$@"; }
# Libraries with versions of symbols; libgreet.so.1 in /out/lib is the older one.
lib -Wl,-soname,libgreet.so.1 -Wl,--version-script=greet-1.map -o /out/lib/libgreet.so.1 greet.c
mkdir newer older
lib -DNEWER -Wl,-soname,libgreet.so.1 -Wl,--version-script=greet-2.map -o newer/libgreet.so.1 greet.c
ln -s libgreet.so.1 newer/libgreet.so
ln -s /out/lib/libgreet.so.1 older/libgreet.so
cc -o /out/lib-none greeter.c -Lolder -lgreet
cc -o /out/lib-origin greeter.c -Lolder -lgreet -Wl,-rpath,'$ORIGIN/lib'
cc -o /out/lib-absolute greeter.c -Lolder -lgreet -Wl,-rpath,/out/lib
cc -o /out/lib-newer newer.c -Lnewer -lgreet -Wl,-rpath,/out/lib
# A library that needs another one in the same folder, without a path of its own.
lib -Wl,-soname,librelay.so.1 -o /out/relay/librelay.so.1 relay.c -Lolder -lgreet
cp /out/lib/libgreet.so.1 /out/relay/
cc -o /out/relay-runpath relayed.c -Wl,--enable-new-dtags,-rpath,/out/relay -Wl,-rpath-link,/out/relay -L/out/relay -l:librelay.so.1
cc -o /out/relay-rpath relayed.c -Wl,--disable-new-dtags,-rpath,/out/relay -Wl,-rpath-link,/out/relay -L/out/relay -l:librelay.so.1
musl-gcc -shared -fPIC -s -Wl,-soname,libmgreet.so.1 -o /out/lib/libmgreet.so.1 greet.c
musl-gcc -s -o /out/musl-lib greeter.c -L/out/lib -l:libmgreet.so.1
musl-gcc -s -o /out/musl-lib-origin greeter.c -L/out/lib -l:libmgreet.so.1 -Wl,-rpath,'$ORIGIN/lib'
EOF
RUN <<EOF
set -e
cd /out
script() { printf "$2" > "$1"; chmod 755 "$1"; }
script script-sh '#!/bin/sh\necho ok\n'
script script-bash '#!/bin/bash\necho ok\n'
script script-env-sh '#!/usr/bin/env sh\necho ok\n'
script script-env-bash '#!/usr/bin/env bash\necho ok\n'
script script-env-crlf '#!/usr/bin/env sh\r\necho ok\r\n'
script script-crlf '#!/bin/sh\r\necho ok\r\n'
script script-plain 'echo ok\n'
script script-empty ''
script script-loop '#!/out/script-loop\n'
script script-program '#! /out/c-static with one argument\n'
script chain-1 '#!/bin/sh\necho ok\n'
for i in 2 3 4 5 6; do script chain-$i "#!/out/chain-$((i - 1))\n"; done
cp script-sh script-unreadable; chmod 711 script-unreadable
cp c-static owner-only; chmod 700 owner-only
cp c-static private/c-static; cp script-sh private/script-sh; chmod 700 private
chmod 644 c-not-executable
ln -s /out/c-static link; ln -s /out/gone dangling
cp c-static setuid; chmod 4755 setuid
# Files of some bases, which so need no RUN.
mkdir -p /path/etc /link/lib64
echo /lib:/opt > /path/etc/ld-musl-x86_64.path
ln -s /lib/ld-musl-x86_64.so.1 /link/lib64/ld-linux-x86-64.so.2
EOF

FROM golang AS go
WORKDIR /src
COPY *.go .
ENV GOFLAGS="-ldflags=-s"
RUN <<EOF
set -e
mkdir /out
CGO_ENABLED=0 go build -o /out/go-static hello.go
CGO_ENABLED=0 GOARCH=arm64 go build -o /out/go-arm64 hello.go
CGO_ENABLED=0 GOARCH=386 go build -o /out/go-386 hello.go
go build -o /out/go-cgo cgo.go
go build -ldflags '-s -linkmode external -extldflags -static' -o /out/go-cgo-static cgo.go
CC=musl-gcc go build -ldflags '-s -linkmode external -extldflags -static' -o /out/go-cgo-musl cgo.go
EOF

FROM scratch
COPY --from=c /out /out
COPY --from=c /path /path
COPY --from=c /link /link
COPY --from=go /out /out
