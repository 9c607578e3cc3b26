package dev.stagewright.stage.linux;

import java.util.List;

/**
 * Blocks the system calls that the default profile of the container runtime allows in addition for
 * containers with {@code CAP_SYS_ADMIN}: those for namespaces, mounts and the like fail with EPERM;
 * {@code clone3}, whose flags a filter cannot read, fails with ENOSYS.
 *
 * @see <a href="https://man7.org/linux/man-pages/man2/seccomp.2.html">seccomp(2)</a>
 */
final class SystemCallFilter {
  private static final int SECCOMP_SET_MODE_FILTER = 1;
  private static final int LOAD = 0x20;
  private static final int AND = 0x54;
  private static final int IF_EQUAL = 0x15;
  private static final int IF_ANY_BIT = 0x45;
  private static final int RETURN = 0x06;
  private static final int ALLOW = 0x7fff0000;
  private static final int FAIL = 0x00050000;
  private static final int NUMBER = 0;
  private static final int ARCHITECTURE = 4;
  private static final int FIRST_ARGUMENT = 16;

  /** The size of an instruction in bytes. */
  static final int INSTRUCTION = 8;

  /** Programs for x32 (x86-64 with 32-bit pointers) set this bit in the number. */
  private static final int WITHOUT_X32 = ~0x40000000;

  /** All CLONE_NEW… flags of {@code clone}. */
  private static final int NAMESPACES = 0x7e020000;

  // For each architecture: mount umount2 sethostname setdomainname quotactl lookup_dcookie syslog
  // unshare
  // perf_event_open fanotify_init setns bpf; open_tree move_mount fsopen fsconfig fsmount fspick
  // mount_setattr quotactl_fd open_tree_attr. i386 also has umount.
  private static final Table X86_64 =
      new Table(
          0xc000003e,
          56,
          List.of(
              165, 166, 170, 171, 179, 212, 103, 272, 298, 300, 308, 321, 428, 429, 430, 431, 432,
              433, 442, 443, 467));
  private static final Table I386 =
      new Table(
          0x40000003,
          120,
          List.of(
              21, 52, 74, 121, 131, 253, 103, 310, 336, 338, 346, 357, 428, 429, 430, 431, 432, 433,
              442, 443, 467, 22));
  private static final Table AARCH64 =
      new Table(
          0xc00000b7,
          220,
          List.of(
              40, 39, 161, 162, 60, 18, 116, 97, 241, 262, 268, 280, 428, 429, 430, 431, 432, 433,
              442, 443, 467));

  /** {@code clone3} has the same number everywhere. */
  private static final int CLONE3 = 435;

  private final SystemCalls system;
  private int length;

  SystemCallFilter(SystemCalls system) {
    this.system = system;
  }

  /**
   * The numbers of system calls on an architecture.
   *
   * @param architecture audit number of the architecture
   * @param cloning number of {@code clone}
   * @param refused numbers of system calls that always fail
   */
  private record Table(int architecture, int cloning, List<Integer> refused) {}

  /** The instructions in the format of the kernel. */
  static byte[] bytes() {
    var filter = new SystemCallFilter(new SystemCalls());
    filter.build();
    return filter.system.buffer().copy(0, (long) filter.length * INSTRUCTION);
  }

  private void build() {
    length = 0;
    for (var table : SystemCall.isArm() ? List.of(AARCH64) : List.of(X86_64, I386)) {
      add(table);
    }
    add(RETURN, ALLOW);
  }

  /**
   * Installs the filter for the calling thread and the processes that it starts. Requires
   * CAP_SYS_ADMIN.
   */
  void install() throws LinuxException {
    build();
    var program = system.buffer().from((long) length * INSTRUCTION);
    program.putShort(0, (short) length);
    program.putLong(INSTRUCTION, system.buffer().address());
    system.check(
        system.call(SystemCall.SECCOMP, SECCOMP_SET_MODE_FILTER, 0, program.address()),
        SystemCall.SECCOMP);
  }

  private void add(Table table) {
    add(LOAD, ARCHITECTURE);
    var skip = length;
    add(IF_EQUAL, table.architecture());
    add(LOAD, NUMBER);
    add(AND, WITHOUT_X32);
    for (var number : table.refused()) {
      add(IF_EQUAL, number, 0, 1);
      add(RETURN, FAIL | Errno.EPERM.number());
    }
    add(IF_EQUAL, CLONE3, 0, 1);
    add(RETURN, FAIL | Errno.ENOSYS.number());
    add(IF_EQUAL, table.cloning(), 0, 3);
    add(LOAD, FIRST_ARGUMENT);
    add(IF_ANY_BIT, NAMESPACES, 0, 1);
    add(RETURN, FAIL | Errno.EPERM.number());
    add(RETURN, ALLOW);
    system.buffer().putByte((long) skip * INSTRUCTION + 3, (byte) (length - skip - 1));
  }

  private void add(int code, int operand) {
    add(code, operand, 0, 0);
  }

  private void add(int code, int operand, int skipIfTrue, int skipIfFalse) {
    var at = (long) length++ * INSTRUCTION;
    system.buffer().putShort(at, (short) code);
    system.buffer().putByte(at + 2, (byte) skipIfTrue);
    system.buffer().putByte(at + 3, (byte) skipIfFalse);
    system.buffer().putInt(at + 4, operand);
  }
}
