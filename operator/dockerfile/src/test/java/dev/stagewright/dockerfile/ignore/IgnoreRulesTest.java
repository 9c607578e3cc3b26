package dev.stagewright.dockerfile.ignore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

class IgnoreRulesTest {

  @ParameterizedTest(name = "{0}: {1} and {2}")
  @CsvFileSource(resources = "paths.cases", delimiter = '|', quoteCharacter = '¤')
  void ignores(String description, String rules, String path, boolean ignored) {
    var text = rules.replace(';', '\n').replace('␣', ' ');

    assertThat(IgnoreRules.parse(text).ignores(path)).isEqualTo(ignored);
  }

  @Test
  void parsesLinesLikeDocker() {
    var rules =
        IgnoreRules.parse(
            "\uFEFF# comment\r\n\r\n /a/ \r\n!/b/c/..\r\n  # not a comment\r\nd//e\r\n/\r\n");

    assertThat(rules.rules().stream().map(r -> (r.exception() ? "!" : "") + r.pattern()))
        .containsExactly("a", "!b", "# not a comment", "d/e", "/");
  }

  @Test
  void rejectsSingleExclamationMark() {
    assertThatThrownBy(() -> IgnoreRules.parse("a\n!\n"))
        .isInstanceOfSatisfying(IgnoreException.class, e -> assertThat(e.line()).isEqualTo(2))
        .hasMessage("illegal exclusion pattern: \"!\"");
  }

  @Test
  void reportsLineOfInvalidPattern() {
    assertThatThrownBy(() -> IgnoreRules.parse("a\n\n[b\n"))
        .isInstanceOfSatisfying(IgnoreException.class, e -> assertThat(e.line()).isEqualTo(3))
        .hasMessage("syntax error in pattern: \"[b\"");
  }

  @Test
  void supportsPatternsOfCopyExclude() {
    var rules = IgnoreRules.of(List.of("*.md", "!README.md", " "));

    assertThat(rules.ignores("a.md")).isTrue();
    assertThat(rules.ignores("README.md")).isFalse();
    assertThat(rules.hasExceptions()).isTrue();
  }

  @Test
  @Timeout(value = 120, unit = TimeUnit.SECONDS)
  void matchesPathologicalPatternsInTime() {
    var rules = IgnoreRules.parse("**/a".repeat(200) + "/**/*a*a*a*a*a*a*b\n");

    assertThat(rules.ignores("a/".repeat(500) + "a")).isFalse();
  }
}
