package dev.stagewright.dockerfile.lint;

import dev.stagewright.dockerfile.lint.Rule.Origin;
import dev.stagewright.dockerfile.source.DockerfileException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What lint has to say.
 *
 * @param findings in the order of the file
 * @param error the mistake that keeps the Dockerfile from being built; empty where there is none
 * @param failsBuild whether {@code check=error=true} makes BuildKit's rules fail the build
 */
public record LintReport(
    List<Finding> findings, Optional<DockerfileException> error, boolean failsBuild) {
  /** Copies the list. */
  public LintReport {
    findings = List.copyOf(findings);
  }

  /** What to fail a build with; empty where nothing was found that fails it. */
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

  /** The most severe there is; empty where all is well. */
  public Optional<Severity> worst() {
    return error.isPresent()
        ? Optional.of(Severity.ERROR)
        : findings.stream().map(finding -> finding.rule().severity()).max(Enum::compareTo);
  }
}
