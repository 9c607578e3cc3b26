package dev.stagewright.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.analysis.finding.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The tables of rules in the documentation. Run with {@code -Danalysis.update=true} to write them.
 */
class AnalysisPageTest {
  private static final Path PAGE = Path.of("../../docs/analysis.md");
  private static final String END = "<!-- end -->";

  private final ImageAnalysis analysis = ImageAnalysis.standard();

  private static String table(List<Rule.Description> rules) {
    return rules.stream()
        .map(rule ->
            "| `%s` | %s | %s |"
                .formatted(
                    rule.id(), rule.severity().name().toLowerCase(Locale.ROOT), rule.summary()))
        .collect(
            Collectors.joining("\n", "| Rule | Severity | Meaning |\n| --- | --- | --- |\n", "\n"));
  }

  private static String with(String page, String marker, String table) {
    var start = page.indexOf(marker) + marker.length();
    return page.substring(0, start) + "\n" + table + page.substring(page.indexOf(END, start));
  }

  @Test
  void pageHasTheTablesOfAllRules() throws IOException {
    var page = Files.readString(PAGE);
    var ofStart =
        analysis.descriptions().stream().filter(it -> analysis.isAboutStart(it.id())).toList();
    var others =
        analysis.descriptions().stream().filter(it -> !analysis.isAboutStart(it.id())).toList();
    var expected =
        with(
            with(page, "<!-- rules of the start -->", table(ofStart)),
            "<!-- other rules -->",
            table(others));

    if (Boolean.getBoolean("analysis.update")) {
      Files.writeString(PAGE, expected);
    } else {
      assertThat(page).isEqualTo(expected);
    }
  }

  @Test
  void idsOfRulesAreUnique() {
    assertThat(analysis.descriptions()).extracting(Rule.Description::id).doesNotHaveDuplicates();
  }
}
