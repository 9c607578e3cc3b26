package dev.stagewright.stage.linux;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemorySegment;

/**
 * What {@code statx} tells of a file.
 *
 * @param type what kind of file
 * @param mode permission bits, {@code 07777}
 * @param uid owner
 * @param gid group
 * @param size in bytes
 * @param links how many names it has
 * @param device number of the file system
 * @param inode number inside its file system
 * @param major of the device that the file stands for
 * @param minor of that device
 * @param mtimeSeconds last change of content, seconds since 1970
 * @param mtimeNanos nanoseconds after that second
 * @param ctimeSeconds last change of anything, kept by the kernel alone
 * @param ctimeNanos nanoseconds after that second
 * @param blocks of 512 bytes that it takes on disk
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
