package dev.stagewright.protocol;

import java.util.List;
import java.util.Optional;

/**
 * The checks of the image that a build makes.
 *
 * @param runnable what to do if the program of the image cannot start
 * @param maxSize largest size of config and compressed layers, in bytes; empty for any
 * @param failOn ids of rules, and names of severities ({@code Error}, {@code Warning}, {@code
 *     Hint}), whose findings fail the build
 * @param exceptions findings that are accepted
 */
public record CheckRequest(
    Runnability runnable, Optional<Long> maxSize, List<String> failOn, List<Exemption> exceptions) {
  /** Checks that report findings only. */
  public static final CheckRequest DEFAULT =
      new CheckRequest(Runnability.WARN, Optional.empty(), List.of(), List.of());

  /** Copies the lists. */
  public CheckRequest {
    failOn = List.copyOf(failOn);
    exceptions = List.copyOf(exceptions);
  }

  /** Whether the build waits for all findings before its tags move. */
  public boolean isGate() {
    return runnable == Runnability.FAIL || !failOn.isEmpty();
  }

  /** What to do if the program of the image cannot start. */
  public enum Runnability {
    WARN,
    FAIL,
    OFF
  }

  /**
   * Findings that are accepted.
   *
   * @param rule id of the rule
   * @param path glob of the paths of files; empty for all findings of the rule
   * @param reason why they are accepted
   * @param expires the last day in UTC, {@code 2030-12-31}; empty for none
   */
  public record Exemption(
      String rule, Optional<String> path, String reason, Optional<String> expires) {}
}
