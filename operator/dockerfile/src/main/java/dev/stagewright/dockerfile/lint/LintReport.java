package dev.stagewright.dockerfile.lint;

import dev.stagewright.dockerfile.lint.Rule.Origin;
import dev.stagewright.dockerfile.source.DockerfileException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The result of lint.
 *
 * @param findings in the order of the Dockerfile
 * @param error the error that prevents the build; empty if there is none
 * @param failsBuild whether findings of BuildKit's rules fail the build ({@code check=error=true})
 */
public record LintReport(
    List<Finding> findings, Optional<DockerfileException> error, boolean failsBuild) {
  /** Copies the list. */
  public LintReport {
    findings = List.copyOf(findings);
  }

  /** The failure message of the build; empty if no finding fails the build. */
  public Optional<String> failure() {
    var broken =
        findings.stream()
            .map(Finding::rule)
            .filter(rule -> rule.origin() == Origin.BUILDKIT)
            .map(Rule::id)
            .distinct()
            .sorted()
            .collect(Collectors.joining(", "));
    return failsBuild && !broken.isEmpty()
        ? Optional.of("lint violation found for rules: " + broken)
        : Optional.empty();
  }

  /** The highest severity; empty if there is no error and no finding. */
  public Optional<Severity> worst() {
    return error.isPresent()
        ? Optional.of(Severity.ERROR)
        : findings.stream().map(finding -> finding.rule().severity()).max(Enum::compareTo);
  }
}
