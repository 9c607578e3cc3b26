package dev.stagewright.controller.webhook;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Remembers what was received, for a limited time and in a limited number. Thread-safe.
 *
 * <p>A replay that is older than the memory does little harm: it requests a revision that was
 * pushed before, and the run builds what the branch contains now.
 */
final class ReplayMemory {
  private final Duration lifetime;
  private final int size;
  private final InstantSource clock;
  private final Map<String, Instant> seen = new LinkedHashMap<>();

  ReplayMemory(Duration lifetime, int size, InstantSource clock) {
    this.lifetime = lifetime;
    this.size = size;
    this.clock = clock;
  }

  /** Remembers a fingerprint; returns false if it is remembered already. */
  synchronized boolean add(String fingerprint) {
    var now = clock.instant();
    var oldest = now.minus(lifetime);
    var entries = seen.entrySet().iterator();
    while (entries.hasNext()) {
      var entry = entries.next();
      if (entry.getValue().isAfter(oldest) && seen.size() < size) {
        break;
      }
      entries.remove();
    }
    return seen.putIfAbsent(fingerprint, now) == null;
  }

  /** Forgets a fingerprint whose processing has failed, so that the sender can repeat it. */
  synchronized void remove(String fingerprint) {
    seen.remove(fingerprint);
  }
}
