package dev.stagewright.worker.analysis;

import dev.stagewright.analysis.ImageAnalysis;
import dev.stagewright.analysis.finding.Rule;
import dev.stagewright.dockerfile.lint.catalog.LintCatalog;
import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.CheckRequest;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.ImageChecks.Severity;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Checks that the rules of a request exist: a gate with a misspelled name would never close.
 *
 * @param analysis rules about images
 */
public record CheckRequestRules(ImageAnalysis analysis) {

  /**
   * Checks a request.
   *
   * @throws BuildFailedException if there is no rule or severity with a name of {@code failOn}
   */
  public void check(CheckRequest request) {
    var names = names();
    for (var i = 0; i < request.failOn().size(); i++) {
      var name = request.failOn().get(i);
      if (!names.contains(name)) {
        throw new BuildFailedException(
            Failure.of(
                FailureReason.InvalidRequest,
                "spec.checks.failOn[%d]: there is no rule or severity %s%s"
                    .formatted(i, name, similar(name, names))));
      }
    }
  }

  private static String similar(String name, Set<String> names) {
    var lower = name.toLowerCase(Locale.ROOT);
    return names.stream()
        .filter(other -> {
          var it = other.toLowerCase(Locale.ROOT);
          return it.startsWith(lower) || lower.startsWith(it);
        })
        .findFirst()
        .map(other -> "; do you mean " + other + "?")
        .orElse("; the documentation of the checks lists the rules");
  }

  private Set<String> names() {
    return Stream.of(
            Arrays.stream(Severity.values()).map(CheckGate::nameOf),
            analysis.descriptions().stream().map(Rule.Description::id),
            LintCatalog.rules().stream().map(dev.stagewright.dockerfile.lint.Rule::id),
            Stream.of(FoundInImage.INCOMPLETE, Exemptions.EXPIRED))
        .flatMap(names -> names)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
