package dev.stagewright.bench.compare;

import dev.stagewright.bench.compare.cpu.MachineTime;
import java.time.Duration;
import java.util.Locale;

/**
 * Refuses to measure on a busy machine.
 *
 * @param processors number of processors
 */
record LoadGate(int processors) {
  private static final Duration PERIOD = Duration.ofSeconds(4);
  private static final double LIMIT = 0.15;

  /** Measures how busy the machine is. Throws if it is too busy, unless this is accepted. */
  void check(boolean accepted) throws InterruptedException {
    var before = MachineTime.now();
    Thread.sleep(PERIOD);
    var busy = share(MachineTime.now().busy().minus(before.busy()));
    if (busy > LIMIT && !accepted) {
      throw new IllegalStateException(message(busy) + "; wait, or measure with --loaded");
    }
    if (busy > LIMIT) {
      System.out.println("warning: " + message(busy));
    }
  }

  /** The part of the processor time of the period that was used. */
  double share(Duration busy) {
    return busy.toNanos() / (double) PERIOD.toNanos() / processors;
  }

  private static String message(double busy) {
    return String.format(
        Locale.ROOT, "other programs use %.0f %% of the processors of this machine", busy * 100);
  }
}
