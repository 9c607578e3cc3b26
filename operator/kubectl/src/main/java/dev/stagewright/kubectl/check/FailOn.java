package dev.stagewright.kubectl.check;

import dev.stagewright.analysis.finding.Finding;
import dev.stagewright.analysis.finding.Rule;
import dev.stagewright.analysis.finding.Severity;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Which findings make a command fail.
 *
 * @param rules ids of rules
 * @param severity also the findings that are at least as bad
 */
public record FailOn(Set<String> rules, Optional<Severity> severity) {
  /** Copies the set. */
  public FailOn {
    rules = Set.copyOf(rules);
  }

  /**
   * Parses rules and severities.
   *
   * @param known all rules
   * @throws IllegalArgumentException if a word is neither
   */
  public static FailOn parse(Collection<String> words, List<Rule.Description> known) {
    var rules = new HashSet<String>();
    var severity = Optional.<Severity>empty();
    for (var word : words) {
      var parsed = severity(word);
      if (parsed.isPresent()) {
        severity = severity.filter(other -> other.compareTo(parsed.get()) > 0).or(() -> parsed);
      } else if (known.stream().anyMatch(rule -> rule.id().equals(word))) {
        rules.add(word);
      } else {
        throw new IllegalArgumentException(
            "'" + word + "' is neither a rule nor a severity (error, warning, hint)");
      }
    }
    return new FailOn(rules, severity);
  }

  private static Optional<Severity> severity(String word) {
    try {
      return Optional.of(Severity.valueOf(word.toUpperCase(Locale.ROOT)));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /** Whether one of these findings makes the command fail. */
  public boolean matches(List<Finding> findings) {
    return findings.stream()
        .anyMatch(finding ->
            rules.contains(finding.rule())
                || severity.filter(limit -> finding.severity().compareTo(limit) <= 0).isPresent());
  }
}
