package dev.stagewright.kubectl.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagewright.analysis.finding.Confidence;
import dev.stagewright.analysis.finding.Finding;
import dev.stagewright.analysis.finding.Place;
import dev.stagewright.analysis.finding.Rule;
import dev.stagewright.analysis.finding.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The option {@code --fail-on}. */
class FailOnTest {
  private static final List<Rule.Description> RULES =
      List.of(new Rule.Description("NoShell", Severity.WARNING, "There is no shell."));

  private static boolean fails(Severity severity, String... words) {
    var finding = new Finding("NoShell", severity, Confidence.CERTAIN, Place.CONFIG, "m", "", "");
    return FailOn.parse(List.of(words), RULES).matches(List.of(finding));
  }

  @Test
  void aSeverityIncludesWorseOnes() {
    assertThat(fails(Severity.ERROR, "warning")).isTrue();
    assertThat(fails(Severity.WARNING, "Warning")).isTrue();
    assertThat(fails(Severity.HINT, "warning")).isFalse();
    assertThat(fails(Severity.HINT, "error", "hint", "warning")).isTrue();
  }

  @Test
  void aRuleFailsWithAnySeverity() {
    assertThat(fails(Severity.HINT, "NoShell")).isTrue();
    assertThat(fails(Severity.ERROR)).isFalse();
  }

  @Test
  void rejectsWhatIsNeither() {
    assertThatThrownBy(() -> fails(Severity.HINT, "noshell"))
        .hasMessage("'noshell' is neither a rule nor a severity (error, warning, hint)");
  }
}
