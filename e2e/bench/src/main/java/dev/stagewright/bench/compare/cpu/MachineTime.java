package dev.stagewright.bench.compare.cpu;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

/**
 * The processor time of the machine since its start, over all processors.
 *
 * @param busy time in processes and in the kernel
 * @param stolen time in which the hypervisor did not let the machine run
 */
public record MachineTime(Duration busy, Duration stolen) {
  private static final Path STAT = Path.of("/proc/stat");
  private static final long MILLISECONDS_PER_TICK = 10;
  private static final int IDLE = 3;
  private static final int WAITING = 4;
  private static final int STOLEN = 7;
  private static final int COUNTERS = 8;

  /** Reads the current values. */
  public static MachineTime now() {
    try {
      return parse(Files.readString(STAT));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Parses {@code /proc/stat}, whose first line has the sums of all processors. */
  static MachineTime parse(String text) {
    var line = text.lines().findFirst().orElse("");
    var ticks =
        Arrays.stream(line.replaceFirst("^cpu +", "").split(" +"))
            .limit(COUNTERS)
            .mapToLong(Long::parseLong)
            .toArray();
    return new MachineTime(
        time(Arrays.stream(ticks).sum() - ticks[IDLE] - ticks[WAITING] - ticks[STOLEN]),
        time(ticks[STOLEN]));
  }

  private static Duration time(long ticks) {
    return Duration.ofMillis(ticks * MILLISECONDS_PER_TICK);
  }
}
