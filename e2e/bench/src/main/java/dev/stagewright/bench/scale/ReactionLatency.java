package dev.stagewright.bench.scale;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The time from the termination of a Pod to the next action of the operator. */
final class ReactionLatency {
  private final Map<String, Long> terminatedAt = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<Long> nanos = new ConcurrentLinkedQueue<>();

  /** Call before the API server gets the status of a terminated Pod of this build. */
  void beforeTermination(String build) {
    terminatedAt.put(build, System.nanoTime());
  }

  /** Call after the API server has stored the status; the operator may have acted already. */
  void afterTermination(String build) {
    terminatedAt.computeIfPresent(build, (_, _) -> System.nanoTime());
  }

  /** Call when a watch shows the next action of the operator on this build. */
  void recordAction(String build) {
    var start = terminatedAt.remove(build);
    if (start != null) {
      nanos.add(System.nanoTime() - start);
    }
  }

  /** Deletes all values. */
  void clear() {
    terminatedAt.clear();
    nanos.clear();
  }

  int pending() {
    return terminatedAt.size();
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
