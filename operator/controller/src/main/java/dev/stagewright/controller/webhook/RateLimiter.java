package dev.stagewright.controller.webhook;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Limits the number of requests per key with a token bucket. Remembers the keys that were used
 * last; a forgotten key starts with a full bucket. Thread-safe.
 */
final class RateLimiter {
  private final int burst;
  private final Duration refill;
  private final InstantSource clock;
  private final Map<String, Bucket> buckets;

  private record Bucket(double tokens, Instant at) {}

  /**
   * Creates a limiter.
   *
   * @param burst number of requests that are accepted at once
   * @param refill time until a further request is accepted
   * @param maxKeys number of keys to remember
   */
  RateLimiter(int burst, Duration refill, int maxKeys, InstantSource clock) {
    this.burst = burst;
    this.refill = refill;
    this.clock = clock;
    this.buckets =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > maxKeys;
          }
        };
  }

  /** Counts a request; returns false if it exceeds the limit. */
  synchronized boolean accepts(String key) {
    var now = clock.instant();
    var bucket = buckets.getOrDefault(key, new Bucket(burst, now));
    var passed = Math.max(0, Duration.between(bucket.at(), now).toNanos());
    var tokens = Math.min(burst, bucket.tokens() + (double) passed / refill.toNanos());
    var accepted = tokens >= 1;
    buckets.put(key, new Bucket(accepted ? tokens - 1 : tokens, now));
    return accepted;
  }
}
