package dev.stagewright.stage.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Counts processes of this container that the kernel killed because the memory limit was reached.
 */
final class OutOfMemoryKills {
  private static final List<Path> FILES =
      List.of(
          Path.of("/sys/fs/cgroup/memory.events"),
          // cgroup v1
          Path.of("/sys/fs/cgroup/memory/memory.oom_control"));
  private static final String COUNTER = "oom_kill ";

  private OutOfMemoryKills() {}

  /** The number of killed processes; 0 if the kernel does not report it. */
  static long count() {
    for (var file : FILES) {
      try {
        return count(Files.readString(file));
      } catch (IOException _) {
        // The other version of cgroups, or none.
      }
    }
    return 0;
  }

  static long count(String events) {
    var start = events.startsWith(COUNTER) ? 0 : events.indexOf("\n" + COUNTER) + 1;
    if (start == 0 && !events.startsWith(COUNTER)) {
      return 0;
    }
    var end = events.indexOf('\n', start);
    var value = events.substring(start + COUNTER.length(), end < 0 ? events.length() : end);
    return Long.parseLong(value.strip());
  }
}
