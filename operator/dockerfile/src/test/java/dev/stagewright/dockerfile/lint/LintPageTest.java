package dev.stagewright.dockerfile.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.dockerfile.lint.catalog.LintCatalog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LintPageTest {

  static Stream<Rule> rules() {
    return LintCatalog.rules().stream();
  }

  @ParameterizedTest
  @MethodSource("rules")
  void documentsReasonAndFixOfRule(Rule rule) throws IOException {
    var page = Files.readString(Path.of("../../docs/lint.md"));
    int start = page.indexOf("\n### " + rule.id() + "\n");

    assertThat(start).isPositive();
    int end = page.indexOf("\n##", start + 1);
    assertThat(page.substring(start, end < 0 ? page.length() : end))
        .contains(rule.reason())
        .contains(rule.fix());
  }
}
