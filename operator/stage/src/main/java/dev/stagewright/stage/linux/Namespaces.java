package dev.stagewright.stage.linux;

/**
 * Creates and enters namespaces of the calling thread. All methods require {@code CAP_SYS_ADMIN}
 * and a thread without other tasks (see {@link DedicatedThread}).
 */
public final class Namespaces {
  private static final int CLONE_FS = 0x200;
  private static final int CLONE_NEWNS = 0x20000;
  private static final int CLONE_NEWNET = 0x40000000;
  private static final int AT_FDCWD = -100;
  private static final int O_CLOEXEC = 02000000;
  private static final String MOUNTS_FILE = "/proc/thread-self/ns/mnt";

  private final SystemCalls system = new SystemCalls();

  /**
   * Unshares the working directory and root of the thread.
   *
   * @param directory new working directory
   */
  public void workIn(String directory) throws LinuxException {
    unshare(CLONE_FS);
    goTo(directory);
  }

  /** Gives the thread a private copy of all mounts. */
  public void ownMounts() throws LinuxException {
    unshare(CLONE_FS | CLONE_NEWNS);
    new MountCalls().makePrivate();
  }

  /**
   * Gives the thread a network namespace with only a loopback interface, which also requires
   * CAP_NET_ADMIN.
   */
  public void ownNetwork() throws LinuxException {
    unshare(CLONE_NEWNET);
    new Loopback(system).up();
  }

  /** An open descriptor of the mount namespace of the thread, to enter it later. */
  public long openMounts() throws LinuxException {
    return system.check(
        system.call(SystemCall.OPENAT, AT_FDCWD, system.path(MOUNTS_FILE), O_CLOEXEC, 0),
        SystemCall.OPENAT);
  }

  /** Enters a mount namespace, at its root, and closes its descriptor. */
  public void enterMounts(long descriptor) throws LinuxException {
    unshare(CLONE_FS);
    var result = system.call(SystemCall.SETNS, descriptor, CLONE_NEWNS);
    system.call(SystemCall.CLOSE, descriptor);
    system.check(result, SystemCall.SETNS);
  }

  /**
   * Makes a mount the root of the mount namespace of the thread. The mount covers the old root, so
   * that no process can leave it, whatever capabilities it has; mounts in the old root are removed.
   * (Container runtimes do not allow {@code pivot_root}.)
   *
   * @param root path of the mount
   * @param others raw paths of the other mounts, relative to the old root
   */
  public void makeRoot(String root, Iterable<String> others) throws LinuxException {
    var mounts = new MountCalls();
    goTo(root);
    mounts.move(".", "/");
    for (var other : others) {
      try {
        mounts.detach("/" + other);
      } catch (LinuxException _) {
        // It was unmounted with its parent, or a more privileged namespace locks it.
      }
    }
    system.check(system.call(SystemCall.CHROOT, system.path(".")), SystemCall.CHROOT);
    goTo("/");
  }

  /** Makes a directory the root of the thread. */
  void changeRoot(String directory) throws LinuxException {
    unshare(CLONE_FS);
    system.check(
        system.call(SystemCall.CHROOT, system.path(directory)),
        SystemCall.CHROOT,
        directory.substring(1));
  }

  private void unshare(int what) throws LinuxException {
    system.check(system.call(SystemCall.UNSHARE, what), SystemCall.UNSHARE);
  }

  private void goTo(String directory) throws LinuxException {
    system.check(
        system.call(SystemCall.CHDIR, system.path(directory)),
        SystemCall.CHDIR,
        directory.substring(1));
  }
}
