package dev.stagewright.bench.compare.cpu;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Reads the processor time of a cgroup of version 1 or 2. */
final class CpuStat {
  private static final String VERSION_1 = "cpuacct.usage";
  private static final String VERSION_2 = "cpu.stat";
  private static final String MICROSECONDS = "usage_usec ";

  private CpuStat() {}

  /** The processor time of all processes that were ever in this cgroup or below it. */
  static Duration read(Path cgroup) throws IOException {
    var usage = cgroup.resolve(VERSION_1);
    return Files.exists(usage)
        ? parseUsage(Files.readString(usage))
        : parseStat(Files.readString(cgroup.resolve(VERSION_2)));
  }

  /** Parses {@code cpuacct.usage}: nanoseconds. */
  static Duration parseUsage(String text) {
    return Duration.ofNanos(Long.parseLong(text.strip()));
  }

  /** Parses {@code cpu.stat}: a line for each counter. */
  static Duration parseStat(String text) {
    var microseconds =
        text.lines()
            .filter(line -> line.startsWith(MICROSECONDS))
            .map(line -> Long.parseLong(line.substring(MICROSECONDS.length()).strip()))
            .findFirst()
            .orElseThrow(() -> new IllegalArgumentException("no " + MICROSECONDS + "in " + text));
    return Duration.ofNanos(TimeUnit.MICROSECONDS.toNanos(microseconds));
  }
}
