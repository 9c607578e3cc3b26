package dev.stagewright.worker.analysis;

import dev.stagewright.protocol.ImageChecks;
import dev.stagewright.protocol.ImageChecks.Severity;
import dev.stagewright.protocol.ImageChecks.Verdict;
import java.util.List;
import java.util.Optional;

/**
 * What was found in an image, including what the build accepts.
 *
 * @param runnable whether the program of the image can start
 * @param largestSaving what would make the image smaller by most; empty if nothing is known
 * @param findings all findings, worst first
 */
public record FoundInImage(
    Verdict runnable,
    Optional<ImageChecks.Saving> largestSaving,
    List<ImageChecks.Finding> findings) {
  /** Rule of the finding about an image that was not analyzed completely. */
  static final String INCOMPLETE = "AnalysisIncomplete";

  /** Copies the list. */
  public FoundInImage {
    findings = List.copyOf(findings);
  }

  /** An image that was not analyzed: rules could miss what is in the other layers. */
  public static FoundInImage incomplete(String reason) {
    return new FoundInImage(
        Verdict.UNKNOWN,
        Optional.empty(),
        List.of(
            new ImageChecks.Finding(
                INCOMPLETE,
                Severity.HINT,
                "the image was not checked: " + reason,
                Optional.empty(),
                0,
                Optional.empty(),
                Optional.of("to check it with the command line: stagewright check IMAGE"))));
  }
}
