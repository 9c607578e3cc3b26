package dev.stagewright.bench.compare.breakdown;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** The times at which events were first seen, in the order in which they were seen. */
final class Observed {
  private final Map<String, Instant> times = new LinkedHashMap<>();

  /** Notes an event with the current time, unless it was seen before. */
  synchronized void see(String event) {
    times.putIfAbsent(event, Instant.now());
  }

  synchronized Map<String, Instant> times() {
    return new LinkedHashMap<>(times);
  }
}
