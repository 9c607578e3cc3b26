package dev.stagewright.dockerfile.eval;

import java.time.Duration;
import java.util.List;

/**
 * The health check of a container. Zero values mean the default.
 *
 * @param test {@code [NONE]}, {@code [CMD, program, …]} or {@code [CMD-SHELL, text]}
 * @param interval between checks
 * @param timeout of a check
 * @param startPeriod time in which failures do not count
 * @param startInterval between checks in the start period
 * @param retries consecutive failures until the container is unhealthy
 */
public record HealthcheckSettings(
    List<String> test,
    Duration interval,
    Duration timeout,
    Duration startPeriod,
    Duration startInterval,
    int retries) {
  /** Copies the list. */
  public HealthcheckSettings {
    test = List.copyOf(test);
  }
}
