package dev.stagewright.worker.analysis;

import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.CheckRequest.Exemption;
import dev.stagewright.protocol.ImageChecks;
import dev.stagewright.protocol.ImageChecks.Severity;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * The findings that a build accepts.
 *
 * @param list exceptions of the spec
 * @param today the current day in UTC
 */
public record Exemptions(List<Exemption> list, LocalDate today) {
  /** Rule of the findings about exceptions that have expired. */
  static final String EXPIRED = "ExceptionExpired";

  /** Whether a finding about the image is accepted. */
  boolean accepts(ImageChecks.Finding finding) {
    return list.stream()
        .filter(this::isValid)
        .filter(exemption -> exemption.rule().equals(finding.rule()))
        .anyMatch(exemption ->
            exemption.path().isEmpty()
                || finding
                    .path()
                    .filter(new PathGlob(exemption.path().get())::matches)
                    .isPresent());
  }

  /** Whether a finding of lint, which has no path, is accepted. */
  public boolean accepts(BuildPlan.Finding finding) {
    return list.stream()
        .filter(this::isValid)
        .anyMatch(
            exemption -> exemption.path().isEmpty() && exemption.rule().equals(finding.rule()));
  }

  private boolean isValid(Exemption exemption) {
    return exemption.expires().map(LocalDate::parse).filter(today::isAfter).isEmpty();
  }

  /** A finding for each exception that has expired. */
  List<ImageChecks.Finding> expired() {
    return list.stream()
        .filter(exemption -> !isValid(exemption))
        .map(exemption ->
            new ImageChecks.Finding(
                EXPIRED,
                Severity.WARNING,
                "the exception for %s%s expired on %s; its reason was: %s"
                    .formatted(
                        exemption.rule(),
                        exemption.path().map(path -> " in " + path).orElse(""),
                        exemption.expires().orElse(""),
                        exemption.reason()),
                Optional.empty(),
                0,
                Optional.empty(),
                Optional.of("fix what it accepted, or set a later date in spec.checks.exceptions")))
        .toList();
  }
}
