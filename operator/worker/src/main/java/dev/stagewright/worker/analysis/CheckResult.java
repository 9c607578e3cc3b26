package dev.stagewright.worker.analysis;

import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.CheckRequest;
import dev.stagewright.protocol.CheckRequest.Runnability;
import dev.stagewright.protocol.ImageChecks;
import dev.stagewright.protocol.ImageChecks.Counts;
import dev.stagewright.protocol.ImageChecks.Finding;
import dev.stagewright.protocol.ImageChecks.Severity;
import dev.stagewright.protocol.ImageChecks.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The result of the checks of an image.
 *
 * @param found what was found in the image
 * @param request which checks the build makes
 * @param exemptions what it accepts
 * @param isAboutStart whether a rule says that the program of the image cannot start
 */
public record CheckResult(
    FoundInImage found,
    CheckRequest request,
    Exemptions exemptions,
    Predicate<String> isAboutStart) {
  /** The operator shows fewer, and the report of the image has all. */
  private static final int MOST = 50;

  /** The findings that the build does not accept, worst first. */
  public List<Finding> findings() {
    return Stream.concat(
            found.findings().stream()
                .filter(finding -> checksStart() || !isAboutStart.test(finding.rule()))
                .filter(finding -> !exemptions.accepts(finding)),
            exemptions.expired().stream())
        .sorted(Comparator.comparing(Finding::severity))
        .toList();
  }

  /** The findings together with those of lint. */
  public List<Finding> withLint(List<BuildPlan.Finding> lint) {
    return Stream.concat(findings().stream(), lint.stream().map(CheckResult::ofLint))
        .sorted(Comparator.comparing(Finding::severity))
        .toList();
  }

  private static Finding ofLint(BuildPlan.Finding finding) {
    return new Finding(
        finding.rule(),
        finding.severity().orElse(Severity.WARNING),
        finding.message(),
        Optional.empty(),
        finding.line(),
        Optional.empty(),
        Optional.empty());
  }

  private boolean checksStart() {
    return request.runnable() != Runnability.OFF;
  }

  /**
   * What the operator learns.
   *
   * @param largestStage size of the largest stage; empty if there is only one
   * @param millis how long the run waited for the result
   */
  public ImageChecks checks(Optional<Long> largestStage, long millis) {
    var findings = findings();
    return new ImageChecks(
        verdict(),
        new Counts(
            count(findings, Severity.ERROR),
            count(findings, Severity.WARNING),
            count(findings, Severity.HINT)),
        largestStage,
        found.largestSaving(),
        millis,
        findings.stream().limit(MOST).toList());
  }

  private Optional<Verdict> verdict() {
    return checksStart() ? Optional.of(found.runnable()) : Optional.empty();
  }

  private static int count(List<Finding> findings, Severity severity) {
    return (int) findings.stream().filter(finding -> finding.severity() == severity).count();
  }

  /** The result as lines of the log. */
  public List<String> lines() {
    var findings = findings();
    var lines = new ArrayList<String>();
    lines.add(
        "checks: %serrors: %d, warnings: %d, hints: %d"
            .formatted(
                verdict().map(CheckResult::sentence).orElse(""),
                count(findings, Severity.ERROR),
                count(findings, Severity.WARNING),
                count(findings, Severity.HINT)));
    findings.stream()
        .filter(finding -> finding.severity() != Severity.HINT)
        .limit(MOST)
        .map(finding ->
            "checks: "
                + CheckGate.nameOf(finding.severity()).toLowerCase(Locale.ROOT)
                + ": "
                + CheckGate.describe(finding))
        .forEach(lines::add);
    return List.copyOf(lines);
  }

  private static String sentence(Verdict verdict) {
    return switch (verdict) {
      case RUNS -> "the program can start; ";
      case DOES_NOT_RUN -> "the program cannot start; ";
      case UNKNOWN -> "it is not known whether the program can start; ";
    };
  }
}
