package dev.stagewright.analysis.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.analysis.report.SampleReport;
import dev.stagewright.analysis.report.StartPrediction;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page as text; a browser looks at it in an integration test of the command line. */
class ReportPageTest {
  private final String page = new ReportPage(SampleReport.create()).html();

  @Test
  void escapesTextFromTheImage() {
    assertThat(page)
        .contains("/app/&lt;/title&gt;&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;")
        .doesNotContain("<img")
        .contains("/app/café")
        .doesNotContain("\u00c3");
  }

  @Test
  void loadsNothing() {
    assertThat(page).contains("default-src &#39;none&#39;");
    assertThat(Pattern.compile("<(link|iframe|object|img|script|use|image) ").matcher(page).find())
        .isFalse();
    assertThat(
            Pattern.compile("(src|href|action)=|@import|url\\((?!#)").matcher(withoutText()).find())
        .isFalse();
  }

  /** The markup and the style, without escaped text. */
  private String withoutText() {
    return page.replaceAll(">[^<]*&[^<]*<", "><").replaceAll("(?:title|aria-label)=\"[^\"]*\"", "");
  }

  @Test
  void hasAPictureAndATableForEachPart() {
    assertThat(page)
        .contains("class=\"treemap wide\"", "class=\"treemap narrow\"", "class=\"graph\"");
    assertThat(count("class=\"bars\"")).isEqualTo(3);
    assertThat(count("<figure>")).isEqualTo(5).isEqualTo(count("<table>"));
    assertThat(count("<svg class=")).isEqualTo(count("role=\"img\"")).isEqualTo(6);
  }

  @Test
  void hasAllContentWithoutAScript() {
    assertThat(page)
        .contains("exec /app/server: no such file or directory")
        .contains("FROM debian:13-slim\nCOPY --from=builder /src/server /app/server")
        .contains("/usr/lib/gcc/x86_64-alpine-linux-musl/14.3.0/cc1plus: 34 MB");
  }

  @Test
  void hasHeadingsInOrder() {
    var headings =
        Pattern.compile("<h([1-6])").matcher(page).results().map(m -> m.group(1)).toList();

    assertThat(headings).startsWith("1", "2", "3").doesNotContain("4").containsOnlyOnce("1");
  }

  @Test
  void omitsWhatIsUnknown() {
    var report = SampleReport.create();
    var small =
        new ReportPage(
                report.toBuilder()
                    .findings(List.of(), List.of())
                    .stages(List.of())
                    .start(new StartPrediction(StartPrediction.Outcome.RUNS, ""))
                    .build())
            .html();

    assertThat(small).contains("<p class=\"summary\">None.</p>").doesNotContain(">Build<");
  }

  private long count(String text) {
    return Pattern.compile(Pattern.quote(text)).matcher(page).results().count();
  }
}
