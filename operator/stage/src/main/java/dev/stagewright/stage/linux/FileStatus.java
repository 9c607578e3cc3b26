package dev.stagewright.stage.linux;

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
  static FileStatus read(NativeMemory statx) {
    var mode = Short.toUnsignedInt(statx.getShort(28));
    return new FileStatus(
        FileType.of(mode),
        mode & PERMISSIONS,
        Integer.toUnsignedLong(statx.getInt(20)),
        Integer.toUnsignedLong(statx.getInt(24)),
        statx.getLong(40),
        statx.getInt(16),
        Integer.toUnsignedLong(statx.getInt(136)) << 32 | Integer.toUnsignedLong(statx.getInt(140)),
        statx.getLong(32),
        statx.getInt(128),
        statx.getInt(132),
        statx.getLong(112),
        statx.getInt(120),
        statx.getLong(96),
        statx.getInt(104),
        statx.getLong(48));
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
