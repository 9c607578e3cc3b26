package dev.stagewright.bench.compare.breakdown;

import java.time.Duration;
import java.time.Instant;

/**
 * Something that happened during a build.
 *
 * @param milliseconds since the request that created the ImageBuild
 * @param subject the build, a Pod, or a container
 * @param event what happened
 */
public record Moment(long milliseconds, String subject, String event) {

  static Moment of(Instant start, Instant time, String subject, String event) {
    return new Moment(Duration.between(start, time).toMillis(), subject, event);
  }
}
