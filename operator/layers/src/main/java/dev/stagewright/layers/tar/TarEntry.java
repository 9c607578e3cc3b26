package dev.stagewright.layers.tar;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a tar archive says of one file. User and group names are left out: layers go by number.
 *
 * @param name raw path relative to the root, without leading or trailing slash; the root directory
 *     itself is the empty name
 * @param type what kind of file
 * @param mode permission bits with setuid, setgid and sticky, {@code 07777}
 * @param uid owner
 * @param gid group
 * @param mtimeSeconds seconds since 1970, rounded down; may be negative
 * @param mtimeNanos nanoseconds after that second, 0 to 999,999,999
 * @param size of a file's content in bytes; 0 for every other type
 * @param linkName a symbolic link's raw target, or the raw path (as {@code name}) of the file that
 *     a hard link is another name of; else empty
 * @param major of a device; else 0
 * @param minor of a device; else 0
 * @param xattrs extended attributes by raw name, sorted; not to be changed
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

  /** The kinds of files that a tar archive can hold. */
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
   * @throws IllegalArgumentException if a number is out of its range, or only a file may have what
   *     is given
   */
  public TarEntry {
    check((mode & ~ALL_MODE_BITS) == 0, name, "mode is out of range");
    check(uid >= 0 && gid >= 0, name, "owner is negative");
    check(mtimeNanos >= 0 && mtimeNanos < 1_000_000_000, name, "nanoseconds are out of range");
    check(size >= 0 && (size == 0 || type == Type.FILE), name, "only a file has a size");
    check(major >= 0 && minor >= 0, name, "device number is negative");
    check(!name.startsWith("/") && !name.endsWith("/"), name, "has a slash at an end");
    xattrs = sorted(xattrs);
  }

  private static void check(boolean holds, String name, String complaint) {
    if (!holds) {
      throw new IllegalArgumentException(RawName.text(name) + ": " + complaint);
    }
  }

  private static Map<String, byte[]> sorted(Map<String, byte[]> xattrs) {
    return xattrs.isEmpty() ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(xattrs));
  }

  private static TarEntry of(String name, Type type, int mode, long size, String linkName) {
    return new TarEntry(name, type, mode, 0, 0, 0, 0, size, linkName, 0, 0, Map.of());
  }

  /** A file of root's, mode 0644, time 0. */
  public static TarEntry file(String name, long size) {
    return of(name, Type.FILE, DEFAULT_FILE_MODE, size, "");
  }

  /** A directory of root's, mode 0755, time 0. */
  public static TarEntry directory(String name) {
    return of(name, Type.DIRECTORY, DEFAULT_DIRECTORY_MODE, 0, "");
  }

  /** A symbolic link of root's, time 0. */
  public static TarEntry symlink(String name, String target) {
    return of(name, Type.SYMLINK, LINK_MODE, 0, target);
  }

  /** Another name of a file that comes earlier in the archive. */
  public static TarEntry hardLink(String name, String existing) {
    return of(name, Type.HARD_LINK, DEFAULT_FILE_MODE, 0, existing);
  }

  /** A pipe of root's, mode 0644, time 0. */
  public static TarEntry fifo(String name) {
    return of(name, Type.FIFO, DEFAULT_FILE_MODE, 0, "");
  }

  /** A device of root's, mode 0644, time 0. */
  public static TarEntry device(String name, Type type, int major, int minor) {
    return new TarEntry(name, type, DEFAULT_FILE_MODE, 0, 0, 0, 0, 0, "", major, minor, Map.of());
  }

  /** The same under another name. */
  public TarEntry withName(String to) {
    return new TarEntry(
        to, type, mode, uid, gid, mtimeSeconds, mtimeNanos, size, linkName, major, minor, xattrs);
  }

  /** The same with other permission bits. */
  public TarEntry withMode(int to) {
    return new TarEntry(
        name, type, to, uid, gid, mtimeSeconds, mtimeNanos, size, linkName, major, minor, xattrs);
  }

  /** The same of another owner. */
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

  /** The same with another time; {@code withMtime(mtimeSeconds(), 0)} cuts it to seconds. */
  public TarEntry withMtime(long seconds, int nanos) {
    return new TarEntry(
        name, type, mode, uid, gid, seconds, nanos, size, linkName, major, minor, xattrs);
  }

  /** The same with another size. */
  public TarEntry withSize(long to) {
    return new TarEntry(
        name, type, mode, uid, gid, mtimeSeconds, mtimeNanos, to, linkName, major, minor, xattrs);
  }

  /** The same with another link target. */
  public TarEntry withLinkName(String to) {
    return new TarEntry(
        name, type, mode, uid, gid, mtimeSeconds, mtimeNanos, size, to, major, minor, xattrs);
  }

  /** The same with other extended attributes. */
  public TarEntry withXattrs(Map<String, byte[]> to) {
    return new TarEntry(
        name, type, mode, uid, gid, mtimeSeconds, mtimeNanos, size, linkName, major, minor, to);
  }

  /** Equal in every component, extended attributes by their bytes. */
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
