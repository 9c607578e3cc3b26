package dev.stagewright.protocol;

import java.util.List;
import java.util.Optional;

/**
 * What publish has found out about the image.
 *
 * @param runnable whether the program of the image can start; empty if it was not checked
 * @param counts number of findings, of those in the list and of those that are left out
 * @param largestStage sum of the compressed layers of the largest stage, in bytes; empty if the
 *     image has only one stage
 * @param largestSaving what would make the image smaller by most; empty if nothing is known
 * @param millis how long the analysis took
 * @param findings the worst findings, worst first
 */
public record ImageChecks(
    Optional<Verdict> runnable,
    Counts counts,
    Optional<Long> largestStage,
    Optional<Saving> largestSaving,
    long millis,
    List<Finding> findings) {
  /** Copies the list. */
  public ImageChecks {
    findings = List.copyOf(findings);
  }

  /** These checks with at most this number of findings. */
  public ImageChecks withAtMost(int limit) {
    return new ImageChecks(
        runnable,
        counts,
        largestStage,
        largestSaving,
        millis,
        findings.subList(0, Math.min(limit, findings.size())));
  }

  /** Whether the program of an image can start. */
  public enum Verdict {
    RUNS,
    DOES_NOT_RUN,
    /** It depends on the settings of the Pod, or the image was not analyzed completely. */
    UNKNOWN
  }

  /** Severities of findings, worst first. */
  public enum Severity {
    ERROR,
    WARNING,
    HINT
  }

  /** Numbers of findings by severity. */
  public record Counts(int errors, int warnings, int hints) {
    /** No findings. */
    public static final Counts NONE = new Counts(0, 0, 0);
  }

  /**
   * A change that makes the image smaller.
   *
   * @param bytes how much smaller
   * @param message what to change
   */
  public record Saving(long bytes, String message) {}

  /**
   * A finding about the image.
   *
   * @param rule id of the rule
   * @param message one sentence
   * @param path of the file; empty if the finding is about the config
   * @param line in the Dockerfile; 0 if it belongs to none
   * @param symptom what the user of the image will see; empty if nothing
   * @param fix how to change the Dockerfile; empty if unknown
   */
  public record Finding(
      String rule,
      Severity severity,
      String message,
      Optional<String> path,
      int line,
      Optional<String> symptom,
      Optional<String> fix) {}
}
