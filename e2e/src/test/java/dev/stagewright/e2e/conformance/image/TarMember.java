package dev.stagewright.e2e.conformance.image;

import java.time.Instant;
import java.util.SortedMap;

/**
 * One member of a tar stream, extended headers applied.
 *
 * @param name as the archive has it
 * @param type the type flag of POSIX ustar; a NUL is given as {@code '0'}
 * @param size bytes of content that follow
 * @param link target of a symbolic or hard link, else empty
 * @param device major and minor number of a device, as {@code major:minor}, else empty
 * @param xattrs values in hexadecimal, by name
 */
public record TarMember(
    String name,
    char type,
    int mode,
    long uid,
    long gid,
    Instant mtime,
    long size,
    String link,
    String device,
    SortedMap<String, String> xattrs) {}
