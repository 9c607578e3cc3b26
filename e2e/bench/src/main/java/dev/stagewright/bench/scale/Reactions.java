package dev.stagewright.bench.scale;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** How long the operator takes from the end of a Pod to what follows from it. */
final class Reactions {
  private final Map<String, Long> endedAt = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<Long> nanos = new ConcurrentLinkedQueue<>();

  /** The API server is about to be told that a Pod of this build is done. */
  void ending(String build) {
    endedAt.put(build, System.nanoTime());
  }

  /** It has taken the status that says so; some may have acted on it before it answered. */
  void ended(String build) {
    endedAt.computeIfPresent(build, (_, _) -> System.nanoTime());
  }

  /** A watch has shown the next action on this build. */
  void acted(String build) {
    var since = endedAt.remove(build);
    if (since != null) {
      nanos.add(System.nanoTime() - since);
    }
  }

  /** Begins anew. */
  void clear() {
    endedAt.clear();
    nanos.clear();
  }

  int open() {
    return endedAt.size();
  }

  String describe() {
    var sorted = nanos.stream().sorted().toList();
    return "n=%d p50=%s p99=%s max=%s"
        .formatted(
            sorted.size(), quantile(sorted, 0.5), quantile(sorted, 0.99), quantile(sorted, 1));
  }

  private static String quantile(List<Long> sorted, double share) {
    if (sorted.isEmpty()) {
      return "-";
    }
    var index = (int) Math.ceil(share * sorted.size()) - 1;
    return Duration.ofNanos(sorted.get(Math.max(0, index))).toMillis() + "ms";
  }
}
