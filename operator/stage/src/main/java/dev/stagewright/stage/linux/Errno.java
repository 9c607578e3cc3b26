package dev.stagewright.stage.linux;

/**
 * A Linux error number.
 *
 * @param number positive error number
 */
public record Errno(int number) {
  public static final Errno EPERM = new Errno(1);
  public static final Errno ENOENT = new Errno(2);
  public static final Errno ESRCH = new Errno(3);
  public static final Errno EINTR = new Errno(4);
  public static final Errno EACCES = new Errno(13);
  public static final Errno EBUSY = new Errno(16);
  public static final Errno EEXIST = new Errno(17);
  public static final Errno EXDEV = new Errno(18);
  public static final Errno ENOTDIR = new Errno(20);
  public static final Errno EISDIR = new Errno(21);
  public static final Errno EINVAL = new Errno(22);
  public static final Errno ENOSPC = new Errno(28);
  public static final Errno EROFS = new Errno(30);
  public static final Errno ERANGE = new Errno(34);
  public static final Errno ENAMETOOLONG = new Errno(36);
  public static final Errno ENOTEMPTY = new Errno(39);
  public static final Errno ELOOP = new Errno(40);
  public static final Errno ENODATA = new Errno(61);
  public static final Errno ENOSYS = new Errno(38);
  public static final Errno EOPNOTSUPP = new Errno(95);

  /** The description of the error. */
  public String text() {
    return switch (number) {
      case 1 -> "operation not permitted";
      case 2 -> "no such file or directory";
      case 3 -> "no such process";
      case 4 -> "interrupted";
      case 5 -> "input/output error";
      case 13 -> "permission denied";
      case 16 -> "in use as a mount point";
      case 17 -> "file exists";
      case 20 -> "not a directory";
      case 21 -> "is a directory";
      case 22 -> "invalid argument";
      case 24 -> "too many open files";
      case 27 -> "file too large";
      case 28 -> "no space left on device";
      case 30 -> "read-only file system";
      case 36 -> "file name too long";
      case 39 -> "directory not empty";
      case 40 -> "too many symbolic links";
      case 95 -> "operation not supported";
      case 122 -> "disk quota exceeded";
      default -> "error " + number;
    };
  }
}
