package dev.stagewright.stage.linux;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The clock that the kernel uses for the timestamps of files. */
public final class Clock {
  private static final int CLOCK_REALTIME_COARSE = 5;
  private static final long TICK = TimeUnit.MILLISECONDS.toNanos(1);

  private final SystemCalls system = new SystemCalls();

  /**
   * Waits until later changes get a later timestamp than the given one. Kernels before 6.13 use a
   * clock with a resolution of a few milliseconds, so that a change directly after a comparison
   * would not be detected.
   *
   * @param seconds since 1970
   * @param nanos after that second
   */
  public void waitUntilAfter(long seconds, int nanos) {
    var time = system.buffer();
    for (var rounds = 0; rounds < 100; rounds++) {
      system.call(SystemCall.CLOCK_GETTIME, CLOCK_REALTIME_COARSE, time.address());
      var now = time.getLong(0);
      if (now > seconds || (now == seconds && time.getLong(8) > nanos)) {
        return;
      }
      LockSupport.parkNanos(TICK);
    }
  }
}
