package dev.stagewright.kubectl.progress;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that only tests advance. */
final class ManualClock implements InstantSource {
  private Instant now = Instant.parse("2026-01-01T12:00:00Z");

  @Override
  public Instant instant() {
    return now;
  }

  void advance(String duration) {
    now = now.plus(Duration.parse("PT" + duration));
  }
}
