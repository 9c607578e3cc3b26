package dev.stagewright.analysis.report;

import dev.stagewright.analysis.finding.Confidence;
import dev.stagewright.analysis.finding.Finding;
import dev.stagewright.analysis.finding.Severity;
import java.util.List;
import java.util.function.Predicate;

/**
 * Whether the program of an image can start.
 *
 * @param outcome the answer
 * @param reason one sentence
 */
public record StartPrediction(Outcome outcome, String reason) {
  /** The image was not checked. */
  public static final StartPrediction UNKNOWN =
      new StartPrediction(Outcome.UNKNOWN, "It was not checked whether the program can start.");

  /** The rule that says that the image does not say whether its command runs. */
  private static final String CANNOT_TELL = "CannotTell";

  /**
   * Follows from the findings of all rules.
   *
   * @param findings worst first
   * @param isAboutStart whether a rule says that the program cannot start
   */
  public static StartPrediction of(List<Finding> findings, Predicate<String> isAboutStart) {
    var errors =
        findings.stream()
            .filter(finding -> finding.severity() == Severity.ERROR)
            .filter(finding -> isAboutStart.test(finding.rule()))
            .toList();
    if (errors.isEmpty()) {
      return findings.stream()
          .filter(finding -> finding.rule().equals(CANNOT_TELL))
          .findFirst()
          .map(finding -> new StartPrediction(Outcome.DEPENDS, finding.message()))
          .orElseGet(() -> new StartPrediction(Outcome.RUNS, "Nothing in the image prevents it."));
    }
    var sure =
        errors.stream().filter(finding -> finding.confidence() != Confidence.POSSIBLE).findFirst();
    return sure.map(finding -> new StartPrediction(Outcome.DOES_NOT_RUN, finding.message()))
        .orElseGet(() -> new StartPrediction(Outcome.DEPENDS, errors.getFirst().message()));
  }

  /** Answers. */
  public enum Outcome {
    /** The program starts; what it does then is not known. */
    RUNS,
    /** It depends on the settings of the Pod, or on what the program does. */
    DEPENDS,
    /** The container does not start, or the program ends at once. */
    DOES_NOT_RUN,
    UNKNOWN
  }
}
