package dev.stagewright.dockerfile.instruction;

import java.time.Duration;
import java.util.List;

/**
 * HEALTHCHECK: the health check of the container.
 *
 * @param statement the untyped form
 * @param test {@code [NONE]}, {@code [CMD, program, …]} or {@code [CMD-SHELL, text]}
 * @param interval between checks; zero means the default
 * @param timeout of a check; zero means the default
 * @param startPeriod time in which failures do not count; zero means the default
 * @param startInterval between checks in the start period; zero means the default
 * @param retries consecutive failures until the container is unhealthy; 0 means the default
 */
public record Healthcheck(
    Statement statement,
    List<String> test,
    Duration interval,
    Duration timeout,
    Duration startPeriod,
    Duration startInterval,
    int retries)
    implements Instruction {
  /** Copies the list. */
  public Healthcheck {
    test = List.copyOf(test);
  }
}
