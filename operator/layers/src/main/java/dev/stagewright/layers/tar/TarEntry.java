package dev.stagewright.layers.tar;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The metadata of a file in a tar archive. User and group names are omitted, because layers use
 * numbers.
 *
 * @param name the raw path relative to the root, without leading or trailing slash; empty for the
 *     root directory
 * @param type the type of the file
 * @param mode the permission bits with setuid, setgid and sticky, {@code 07777}
 * @param uid the owner
 * @param gid the group
 * @param mtimeSeconds seconds since 1970, rounded down; may be negative
 * @param mtimeNanos nanoseconds after that second, 0 to 999,999,999
 * @param size the size of a file's content in bytes; 0 for other types
 * @param linkName the raw target of a symbolic link, or the raw path (like {@code name}) of the
 *     file of a hard link; else empty
 * @param major the major device number; else 0
 * @param minor the minor device number; else 0
 * @param xattrs the extended attributes by raw name, sorted; must not be modified
 */
public record TarEntry(
    String name,
    Type type,
    int mode,
    long uid,
    long gid,
    long mtimeSeconds,
    int mtimeNanos,
    long size,
    String linkName,
    int major,
    int minor,
    Map<String, byte[]> xattrs) {

  /** The types of files in a tar archive. */
  public enum Type {
    FILE('0'),
    HARD_LINK('1'),
    SYMLINK('2'),
    CHARACTER_DEVICE('3'),
    BLOCK_DEVICE('4'),
    DIRECTORY('5'),
    FIFO('6');

    private final char flag;

    Type(char flag) {
      this.flag = flag;
    }

    /** The type flag in a POSIX header. */
    char flag() {
      return flag;
    }
  }

  private static final int DEFAULT_FILE_MODE = 0644;
  private static final int DEFAULT_DIRECTORY_MODE = 0755;
  private static final int LINK_MODE = 0777;
  private static final int ALL_MODE_BITS = 07777;

  /**
   * @throws IllegalArgumentException if a number is out of range, or a value is only allowed for
   *     another type
   */
  public TarEntry {
    check((mode & ~ALL_MODE_BITS) == 0, name, "mode is out of range");
    check(uid >= 0 && gid >= 0, name, "owner is negative");
    check(mtimeNanos >= 0 && mtimeNanos < 1_000_000_000, name, "nanoseconds are out of range");
    check(size >= 0 && (size == 0 || type == Type.FILE), name, "only a file may have a size");
    check(major >= 0 && minor >= 0, name, "device number is negative");
    check(
        !name.startsWith("/") && !name.endsWith("/"), name, "the name begins or ends with a slash");
    xattrs = sorted(xattrs);
  }

  private static void check(boolean valid, String name, String problem) {
    if (!valid) {
      throw new IllegalArgumentException(RawName.text(name) + ": " + problem);
    }
  }

  private static Map<String, byte[]> sorted(Map<String, byte[]> xattrs) {
    return xattrs.isEmpty() ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(xattrs));
  }

  private static TarEntry of(String name, Type type, int mode, long size, String linkName) {
    return new TarEntry(name, type, mode, 0, 0, 0, 0, size, linkName, 0, 0, Map.of());
  }

  /** Creates a file owned by root, mode 0644, time 0. */
  public static TarEntry file(String name, long size) {
    return of(name, Type.FILE, DEFAULT_FILE_MODE, size, "");
  }

  /** Creates a directory owned by root, mode 0755, time 0. */
  public static TarEntry directory(String name) {
    return of(name, Type.DIRECTORY, DEFAULT_DIRECTORY_MODE, 0, "");
  }

  /** Creates a symbolic link owned by root, time 0. */
  public static TarEntry symlink(String name, String target) {
    return of(name, Type.SYMLINK, LINK_MODE, 0, target);
  }

  /** Creates a hard link to an earlier file of the archive. */
  public static TarEntry hardLink(String name, String existing) {
    return of(name, Type.HARD_LINK, DEFAULT_FILE_MODE, 0, existing);
  }

  /** Creates a pipe owned by root, mode 0644, time 0. */
  public static TarEntry fifo(String name) {
    return of(name, Type.FIFO, DEFAULT_FILE_MODE, 0, "");
  }

  /** Creates a device owned by root, mode 0644, time 0. */
  public static TarEntry device(String name, Type type, int major, int minor) {
    return new TarEntry(name, type, DEFAULT_FILE_MODE, 0, 0, 0, 0, 0, "", major, minor, Map.of());
  }

  /** Returns the entry with another name. */
  public TarEntry withName(String to) {
    return new TarEntry(
        to, type, mode, uid, gid, mtimeSeconds, mtimeNanos, size, linkName, major, minor, xattrs);
  }

  /** Returns the entry with other permission bits. */
  public TarEntry withMode(int to) {
    return new TarEntry(
        name, type, to, uid, gid, mtimeSeconds, mtimeNanos, size, linkName, major, minor, xattrs);
  }

  /** Returns the entry with another owner. */
  public TarEntry withOwner(long toUid, long toGid) {
    return new TarEntry(
        name,
        type,
        mode,
        toUid,
        toGid,
        mtimeSeconds,
        mtimeNanos,
        size,
        linkName,
        major,
        minor,
        xattrs);
  }

  /**
   * Returns the entry with another time; {@code withMtime(mtimeSeconds(), 0)} truncates it to
   * seconds.
   */
  public TarEntry withMtime(long seconds, int nanos) {
    return new TarEntry(
        name, type, mode, uid, gid, seconds, nanos, size, linkName, major, minor, xattrs);
  }

  /** Returns the entry with another size. */
  public TarEntry withSize(long to) {
    return new TarEntry(
        name, type, mode, uid, gid, mtimeSeconds, mtimeNanos, to, linkName, major, minor, xattrs);
  }

  /** Returns the entry with another link target. */
  public TarEntry withLinkName(String to) {
    return new TarEntry(
        name, type, mode, uid, gid, mtimeSeconds, mtimeNanos, size, to, major, minor, xattrs);
  }

  /** Returns the entry with other extended attributes. */
  public TarEntry withXattrs(Map<String, byte[]> to) {
    return new TarEntry(
        name, type, mode, uid, gid, mtimeSeconds, mtimeNanos, size, linkName, major, minor, to);
  }

  /** Compares all components, extended attributes by their bytes. */
  @Override
  public boolean equals(Object other) {
    return other instanceof TarEntry that && components().equals(that.components());
  }

  @Override
  public int hashCode() {
    return components().hashCode();
  }

  private List<Object> components() {
    var values = new TreeMap<String, String>();
    xattrs.forEach((key, value) -> values.put(key, RawName.ofBytes(value)));
    return List.of(
        name, type, mode, uid, gid, mtimeSeconds, mtimeNanos, size, linkName, major, minor, values);
  }
}
