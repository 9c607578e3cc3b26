package dev.stagewright.stage.linux;

import java.util.Locale;

/** The system calls that the runtime makes, with their numbers on each architecture. */
enum SystemCall {
  READ(0, 63),
  WRITE(1, 64),
  CLOSE(3, 57),
  LSEEK(8, 62),
  FSYNC(74, 82),
  FTRUNCATE(77, 46),
  CHDIR(80, 49),
  FCHMOD(91, 52),
  UMASK(95, 166),
  GETPID(39, 172),
  SETGROUPS(116, 159),
  SETRESUID(117, 147),
  SETRESGID(119, 149),
  PRCTL(157, 167),
  CHROOT(161, 51),
  LSETXATTR(189, 6),
  LGETXATTR(192, 9),
  FGETXATTR(193, 10),
  LLISTXATTR(195, 12),
  FLISTXATTR(196, 13),
  LREMOVEXATTR(198, 15),
  GETDENTS64(217, 61),
  CLOCK_GETTIME(228, 113),
  WAITID(247, 95),
  OPENAT(257, 56),
  MKDIRAT(258, 34),
  MKNODAT(259, 33),
  FCHOWNAT(260, 54),
  UNLINKAT(263, 35),
  RENAMEAT(264, 38),
  LINKAT(265, 37),
  SYMLINKAT(266, 36),
  READLINKAT(267, 78),
  FCHMODAT(268, 53),
  UNSHARE(272, 97),
  UTIMENSAT(280, 88),
  STATX(332, 291),
  KILL(62, 129),
  IOCTL(16, 29),
  SOCKET(41, 198),
  CAPGET(125, 90),
  CAPSET(126, 91),
  MOUNT(165, 40),
  UMOUNT2(166, 39),
  SETNS(308, 268),
  SECCOMP(317, 277),
  MOUNT_SETATTR(442, 442);

  private static final boolean ARM = "aarch64".equals(System.getProperty("os.arch"));

  private final int x86;
  private final int arm;

  SystemCall(int x86, int arm) {
    this.x86 = x86;
    this.arm = arm;
  }

  /** The number on the architecture of this machine. */
  long number() {
    return ARM ? arm : x86;
  }

  /** Whether this machine has the architecture aarch64; otherwise it is x86-64. */
  static boolean isArm() {
    return ARM;
  }

  /** {@code O_DIRECTORY}, which differs between architectures. */
  static int directoryFlag() {
    return ARM ? 0040000 : 0200000;
  }

  /** {@code O_NOFOLLOW}. */
  static int noFollowFlag() {
    return ARM ? 0100000 : 0400000;
  }

  /** The name in the manual pages. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
