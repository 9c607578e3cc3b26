package dev.stagewright.e2e.conformance.image;

import java.time.Instant;
import java.util.SortedMap;

/**
 * A member of a tar stream, with extended headers applied.
 *
 * @param name name in the archive
 * @param type type flag of POSIX ustar; NUL is converted to {@code '0'}
 * @param size bytes of the content that follows
 * @param link target of a symbolic or hard link, otherwise empty
 * @param device major and minor number of a device, as {@code major:minor}, otherwise empty
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
