package dev.stagewright.stage.linux;

import java.io.IOException;

/**
 * Mounts in the mount namespace of the calling thread. Paths are raw and absolute, or relative to
 * the working directory of the thread. An instance belongs to one thread.
 */
public final class MountCalls {
  private static final int MS_NOSUID = 2;
  private static final int MS_NODEV = 4;
  private static final int MS_BIND = 4096;
  private static final int MS_MOVE = 8192;
  private static final int MS_REC = 16384;
  private static final int MS_PRIVATE = 1 << 18;
  private static final int MNT_DETACH = 2;
  private static final int UMOUNT_NOFOLLOW = 8;
  private static final int AT_FDCWD = -100;
  private static final int AT_RECURSIVE = 0x8000;
  private static final int MOUNT_ATTR_RDONLY = 1;
  private static final int MOUNT_ATTR_SIZE = 32;
  private static final int TYPE_LENGTH = 16;

  /** The kernel accepts one page of options, including the terminating null byte. */
  private static final int LONGEST_OPTIONS = 4095;

  private final SystemCalls system = new SystemCalls();

  /** Bind-mounts a file or directory with all mounts below it. */
  public void bind(String source, String target) throws LinuxException {
    mount(source, target, "none", MS_BIND | MS_REC, "");
  }

  /** Makes a mount and all mounts below it read-only. */
  public void makeReadOnly(String target) throws LinuxException {
    var attributes = system.buffer().part(0, MOUNT_ATTR_SIZE).clear();
    attributes.putLong(0, MOUNT_ATTR_RDONLY);
    system.check(
        system.call(
            SystemCall.MOUNT_SETATTR,
            AT_FDCWD,
            system.path(target),
            AT_RECURSIVE,
            attributes.address(),
            MOUNT_ATTR_SIZE),
        SystemCall.MOUNT_SETATTR,
        relative(target));
  }

  /** Mounts an empty tmpfs. */
  public void tmpfs(String target, String options) throws LinuxException {
    mount("tmpfs", target, "tmpfs", MS_NOSUID | MS_NODEV, options);
  }

  /**
   * Mounts an overlay.
   *
   * @throws IOException if the mount fails or there are more directories than the kernel accepts
   */
  public void overlay(String target, String options) throws IOException {
    if (options.length() > LONGEST_OPTIONS) {
      throw new IOException("too many layers for one overlay");
    }
    mount("overlay", target, "overlay", 0, options);
  }

  /** Unmounts a mount and all mounts below it, as soon as they are not in use. */
  public void detach(String target) throws LinuxException {
    var result = system.call(SystemCall.UMOUNT2, system.path(target), MNT_DETACH | UMOUNT_NOFOLLOW);
    system.check(result, SystemCall.UMOUNT2, relative(target));
  }

  /** Stops the propagation of mounts to and from other mount namespaces. */
  void makePrivate() throws LinuxException {
    mount("none", "/", "none", MS_REC | MS_PRIVATE, "");
  }

  /** Moves a mount over another mount. */
  void move(String source, String target) throws LinuxException {
    mount(source, target, "none", MS_MOVE, "");
  }

  private void mount(String source, String target, String type, long flags, String options)
      throws LinuxException {
    var strings = system.buffer();
    strings.putName(type);
    strings.from(TYPE_LENGTH).putName(options);
    var result =
        system.call(
            SystemCall.MOUNT,
            system.secondPath(source),
            system.path(target),
            strings.address(),
            flags,
            strings.address() + TYPE_LENGTH);
    system.check(result, SystemCall.MOUNT, relative(target));
  }

  private static String relative(String path) {
    return path.startsWith("/") ? path.substring(1) : path;
  }
}
