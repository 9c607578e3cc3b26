package dev.stagewright.stage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Reads the peak memory use of the container from its cgroup.
 *
 * @param files files that may contain the value, in the order in which they are tried
 */
record PeakMemory(List<Path> files) {
  /** The container of this process. */
  static final PeakMemory OF_CONTAINER =
      new PeakMemory(
          List.of(
              // cgroup v2, since Linux 5.19
              Path.of("/sys/fs/cgroup/memory.peak"),
              // cgroup v1
              Path.of("/sys/fs/cgroup/memory/memory.max_usage_in_bytes")));

  /** The value in bytes; empty if the kernel does not report it. */
  Optional<Long> read() {
    for (var file : files) {
      try {
        return parse(Files.readString(file));
      } catch (IOException _) {
        // The other version of cgroups, or an older kernel.
      }
    }
    return Optional.empty();
  }

  private static Optional<Long> parse(String text) {
    try {
      return Optional.of(Long.parseLong(text.strip()));
    } catch (NumberFormatException _) {
      return Optional.empty();
    }
  }
}
