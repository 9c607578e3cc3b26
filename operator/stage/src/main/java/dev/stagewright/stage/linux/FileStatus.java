package dev.stagewright.stage.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemorySegment;

/**
 * The status of a file, as returned by {@code statx}.
 *
 * @param type type of the file
 * @param mode permission bits, {@code 07777}
 * @param uid owner
 * @param gid group
 * @param size in bytes
 * @param links number of hard links
 * @param device device number of the file system
 * @param inode inode number in the file system
 * @param major major number, if the file is a device
 * @param minor minor number, if the file is a device
 * @param mtimeSeconds time of the last change of the content, seconds since 1970
 * @param mtimeNanos nanoseconds after that second
 * @param ctimeSeconds time of the last change of the file, which only the kernel can set
 * @param ctimeNanos nanoseconds after that second
 * @param blocks number of 512-byte blocks on disk
 */
public record FileStatus(
    FileType type,
    int mode,
    long uid,
    long gid,
    long size,
    int links,
    long device,
    long inode,
    int major,
    int minor,
    long mtimeSeconds,
    int mtimeNanos,
    long ctimeSeconds,
    int ctimeNanos,
    long blocks) {
  /** {@code STATX_BASIC_STATS}. */
  static final int BASIC = 0x7ff;

  private static final int PERMISSIONS = 07777;

  /** Reads {@code struct statx}. */
  static FileStatus read(MemorySegment statx) {
    var mode = Short.toUnsignedInt(statx.get(JAVA_SHORT, 28));
    return new FileStatus(
        FileType.of(mode),
        mode & PERMISSIONS,
        Integer.toUnsignedLong(statx.get(JAVA_INT, 20)),
        Integer.toUnsignedLong(statx.get(JAVA_INT, 24)),
        statx.get(JAVA_LONG, 40),
        statx.get(JAVA_INT, 16),
        Integer.toUnsignedLong(statx.get(JAVA_INT, 136)) << 32
            | Integer.toUnsignedLong(statx.get(JAVA_INT, 140)),
        statx.get(JAVA_LONG, 32),
        statx.get(JAVA_INT, 128),
        statx.get(JAVA_INT, 132),
        statx.get(JAVA_LONG, 112),
        statx.get(JAVA_INT, 120),
        statx.get(JAVA_LONG, 96),
        statx.get(JAVA_INT, 104),
        statx.get(JAVA_LONG, 48));
  }

  /** Whether it is a directory. */
  public boolean isDirectory() {
    return type == FileType.DIRECTORY;
  }

  /** Whether it is a file with content. */
  public boolean isFile() {
    return type == FileType.FILE;
  }

  /** Whether it is a symbolic link. */
  public boolean isSymlink() {
    return type == FileType.SYMLINK;
  }
}
