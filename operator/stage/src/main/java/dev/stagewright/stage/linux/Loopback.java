package dev.stagewright.stage.linux;

/** The loopback interface in the network namespace of the calling thread. */
final class Loopback {
  private static final int AF_INET = 2;
  private static final int SOCK_DGRAM_CLOEXEC = 2 | 02000000;
  private static final int SIOCSIFFLAGS = 0x8914;
  private static final int FLAGS = 16;
  private static final int IFF_UP_AND_RUNNING = 0x41;

  private final SystemCalls system;

  Loopback(SystemCalls system) {
    this.system = system;
  }

  /** Brings the interface up, which requires CAP_NET_ADMIN. */
  void up() throws LinuxException {
    var socket =
        system.check(
            system.call(SystemCall.SOCKET, AF_INET, SOCK_DGRAM_CLOEXEC, 0), SystemCall.SOCKET);
    try {
      var request = system.buffer().part(0, 40).clear();
      request.putByte(0, (byte) 'l');
      request.putByte(1, (byte) 'o');
      request.putShort(FLAGS, (short) IFF_UP_AND_RUNNING);
      system.check(
          system.call(SystemCall.IOCTL, socket, SIOCSIFFLAGS, request.address()), SystemCall.IOCTL);
    } finally {
      system.call(SystemCall.CLOSE, socket);
    }
  }
}
