package dev.stagewright.controller.status;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stagewright.api.v1alpha1.BuildCondition.ConditionStatus;
import dev.stagewright.api.v1alpha1.ChecksStatus;
import dev.stagewright.api.v1alpha1.ImageBuildStatus.Finding;
import dev.stagewright.api.v1alpha1.ImageBuildStatus.FindingSeverity;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.ImageChecks;
import dev.stagewright.protocol.ImageChecks.Severity;
import dev.stagewright.protocol.PrintableText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The findings of a run as the status shows them: those of lint and those about the image in one
 * list, worst first.
 *
 * @param lint findings of the plan
 * @param checks what was found out about the image; empty if that is not known
 */
record ReportedFindings(List<BuildPlan.Finding> lint, Optional<ImageChecks> checks) {
  private static final int MOST = 20;
  private static final int LARGEST_LIST = 16 * 1024;
  private static final int LARGEST_MESSAGE = 1024;
  private static final int LARGEST_DETAIL = 512;

  /** The worst findings. */
  List<Finding> list() {
    var findings =
        Stream.concat(
                checks.stream()
                    .flatMap(known -> known.findings().stream())
                    .map(ReportedFindings::ofImage),
                lint.stream().map(ReportedFindings::ofLint))
            .sorted(Comparator.comparing(Finding::severity))
            .limit(MOST)
            .toList();
    var listed = new ArrayList<Finding>();
    var left = LARGEST_LIST;
    for (var finding : findings) {
      left -= finding.toString().getBytes(UTF_8).length;
      if (left >= 0) {
        listed.add(finding);
      }
    }
    return List.copyOf(listed);
  }

  private static Finding ofLint(BuildPlan.Finding finding) {
    return new Finding(
        finding.rule(),
        PrintableText.message(finding.message(), LARGEST_MESSAGE),
        finding.line(),
        severity(finding),
        null,
        null,
        null);
  }

  private static Finding ofImage(ImageChecks.Finding finding) {
    return new Finding(
        finding.rule(),
        PrintableText.message(finding.message(), LARGEST_MESSAGE),
        finding.line(),
        severity(finding.severity()),
        finding.path().map(path -> PrintableText.line(path, LARGEST_DETAIL)).orElse(null),
        finding.symptom().map(text -> PrintableText.message(text, LARGEST_DETAIL)).orElse(null),
        finding.fix().map(text -> PrintableText.message(text, LARGEST_MESSAGE)).orElse(null));
  }

  private static FindingSeverity severity(BuildPlan.Finding finding) {
    return severity(finding.severity().orElse(Severity.WARNING));
  }

  private static FindingSeverity severity(Severity severity) {
    return switch (severity) {
      case ERROR -> FindingSeverity.Error;
      case WARNING -> FindingSeverity.Warning;
      case HINT -> FindingSeverity.Hint;
    };
  }

  /**
   * The summary of the checks of the image.
   *
   * @param imageSize size of config and compressed layers, in bytes; empty if it is not known
   */
  Optional<ChecksStatus> summary(Optional<Long> imageSize) {
    return checks.map(known ->
        new ChecksStatus(
            known.runnable().map(ReportedFindings::status).orElse(null),
            known.counts().errors() + count(FindingSeverity.Error),
            known.counts().warnings() + count(FindingSeverity.Warning),
            known.counts().hints() + count(FindingSeverity.Hint),
            known.largestStage().orElse(null),
            known
                .largestStage()
                .flatMap(stage -> imageSize.map(size -> ratio(stage, size)))
                .orElse(null),
            known
                .largestSaving()
                .map(saving ->
                    new ChecksStatus.Saving(
                        saving.bytes(), PrintableText.message(saving.message(), LARGEST_MESSAGE)))
                .orElse(null),
            known.millis()));
  }

  private int count(FindingSeverity severity) {
    return (int) lint.stream().filter(finding -> severity(finding) == severity).count();
  }

  private static ConditionStatus status(ImageChecks.Verdict verdict) {
    return switch (verdict) {
      case RUNS -> ConditionStatus.True;
      case DOES_NOT_RUN -> ConditionStatus.False;
      case UNKNOWN -> ConditionStatus.Unknown;
    };
  }

  private static String ratio(long stage, long image) {
    return String.format(Locale.ROOT, "%.1f", (double) stage / Math.max(1, image));
  }
}
