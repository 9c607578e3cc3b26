package dev.stagewright.stage.linux;

/**
 * Capabilities of the calling thread, and of the processes and threads that it starts.
 *
 * @see <a href="https://man7.org/linux/man-pages/man7/capabilities.7.html">capabilities(7)</a>
 */
public final class Capabilities {
  /** Permits mounts, among many other operations. */
  public static final int SYS_ADMIN = 21;

  /**
   * The default capabilities of containerd and BuildKit: CHOWN, DAC_OVERRIDE, FOWNER, FSETID, KILL,
   * SETGID, SETUID, SETPCAP, NET_BIND_SERVICE, NET_RAW, SYS_CHROOT, MKNOD, AUDIT_WRITE, SETFCAP.
   */
  static final long DEFAULT = bits(0, 1, 3, 4, 5, 6, 7, 8, 10, 13, 18, 27, 29, 31);

  private static final int PR_CAPBSET_READ = 23;
  private static final int PR_CAPBSET_DROP = 24;
  private static final int PR_CAP_AMBIENT = 47;
  private static final int PR_CAP_AMBIENT_CLEAR_ALL = 4;
  private static final int VERSION_3 = 0x20080522;
  private static final long DATA = 8;
  private static final long TRIPLE = 12;

  private final SystemCalls system;

  Capabilities(SystemCalls system) {
    this.system = system;
  }

  /** The capabilities of the calling thread. */
  public static Capabilities own() {
    return new Capabilities(new SystemCalls());
  }

  private static long bits(int... capabilities) {
    var bits = 0L;
    for (var capability : capabilities) {
      bits |= 1L << capability;
    }
    return bits;
  }

  /** Whether a capability is in effect. */
  public boolean has(int capability) throws LinuxException {
    read();
    var word = system.buffer().getInt(DATA + capability / 32 * TRIPLE);
    return ((word >>> (capability % 32)) & 1) != 0;
  }

  /**
   * Drops all capabilities except the default ones permanently; programs that are owned by root do
   * not regain them.
   */
  public void limitToDefault() throws LinuxException {
    // The kernel reports the last capability that it supports.
    for (var i = 0; system.call(SystemCall.PRCTL, PR_CAPBSET_READ, i) >= 0; i++) {
      if (((DEFAULT >>> i) & 1) == 0 && system.call(SystemCall.PRCTL, PR_CAPBSET_READ, i) == 1) {
        system.check(system.call(SystemCall.PRCTL, PR_CAPBSET_DROP, i), SystemCall.PRCTL);
      }
    }
    system.call(SystemCall.PRCTL, PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL);
    read();
    var data = system.buffer().from(DATA);
    for (var half = 0; half < 2; half++) {
      var keep = (int) (DEFAULT >>> (32 * half));
      var effective = half * TRIPLE;
      var permitted = effective + Integer.BYTES;
      data.putInt(effective, data.getInt(effective) & keep);
      data.putInt(permitted, data.getInt(permitted) & keep);
      data.putInt(permitted + Integer.BYTES, 0);
    }
    var header = system.buffer().address();
    system.check(system.call(SystemCall.CAPSET, header, header + DATA), SystemCall.CAPSET);
  }

  /**
   * Writes the header and the data: effective, permitted and inheritable capabilities for each
   * half.
   */
  private void read() throws LinuxException {
    var buffer = system.buffer();
    buffer.putInt(0, VERSION_3);
    buffer.putInt(4, 0);
    system.check(
        system.call(SystemCall.CAPGET, buffer.address(), buffer.address() + DATA),
        SystemCall.CAPGET);
  }
}
