package dev.stagewright.analysis.report.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stagewright.analysis.report.SampleReport;
import dev.stagewright.browser.BrowserPage;
import dev.stagewright.browser.Chromium;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The page in Chromium. Pictures of it are in {@code target/report-page}. Without Chromium, where
 * it cannot be installed either, the tests are skipped.
 */
class ReportPageIT {
  private static final Path PICTURES = Path.of("target/report-page");
  private static final int PHONE = 390;
  private static final int DESKTOP = 1200;

  @TempDir private static Path profile;
  private static Optional<Chromium> chromium = Optional.empty();

  @BeforeAll
  static void start() throws Exception {
    Files.createDirectories(PICTURES);
    Files.writeString(file(), new ReportPage(SampleReport.create()).html());
    try {
      chromium = Optional.of(Chromium.start(Chromium.install(), profile));
    } catch (IOException e) {
      var reason = "the page of reports is not tested: " + e.getMessage();
      // Maven does not print why tests are skipped.
      System.err.println(reason);
      abort(reason);
    }
  }

  @AfterAll
  static void stop() {
    chromium.ifPresent(Chromium::close);
  }

  private static Path file() {
    return PICTURES.resolve("report.html").toAbsolutePath();
  }

  private static BrowserPage open(int width) throws Exception {
    var page = chromium.orElseThrow().open(file().toUri(), width);
    try (InputStream probe =
        Objects.requireNonNull(ReportPageIT.class.getResourceAsStream("probe.js"))) {
      var _ = page.evaluate(new String(probe.readAllBytes(), StandardCharsets.UTF_8) + "; 0");
    }
    return page;
  }

  private static int count(BrowserPage page, String selector) throws Exception {
    return page.evaluate(
            "Array.from(document.querySelectorAll('%s')).filter(probe.visible).length"
                .formatted(selector))
        .asInt();
  }

  private static void openAllDetails(BrowserPage page) throws Exception {
    var _ = page.evaluate("document.querySelectorAll('details').forEach((d) => d.open = true)");
  }

  @ParameterizedTest
  @ValueSource(ints = {320, PHONE, 800, DESKTOP})
  void nothingIsWiderThanTheScreen(int width) throws Exception {
    var page = open(width);

    assertThat(page.evaluate("probe.wide()")).isEmpty();
    openAllDetails(page);
    assertThat(page.evaluate("probe.wide()")).isEmpty();
    assertThat(page.evaluate("document.documentElement.scrollWidth").asInt())
        .isLessThanOrEqualTo(width);
  }

  @ParameterizedTest
  @ValueSource(ints = {PHONE, DESKTOP})
  void requestsNothingAndHasNoErrors(int width) throws Exception {
    var page = open(width);

    assertThat(page.requests()).containsExactly(file().toUri().toString());
    assertThat(page.problems()).isEmpty();
  }

  @Test
  void namesFromTheImageAreText() throws Exception {
    var page = open(DESKTOP);

    assertThat(page.evaluate("document.images.length").asInt()).isZero();
    assertThat(page.evaluate("document.scripts.length").asInt()).isEqualTo(1);
    assertThat(page.evaluate("document.body.textContent").asText())
        .contains("/app/" + SampleReport.HOSTILE);
  }

  @ParameterizedTest
  @ValueSource(ints = {PHONE, DESKTOP})
  void hasItsPictures(int width) throws Exception {
    var page = open(width);

    assertThat(count(page, "svg.treemap")).isEqualTo(1);
    assertThat(count(page, "svg.treemap .cell")).isGreaterThan(25);
    assertThat(count(page, "svg.treemap text")).isGreaterThan(10);
    assertThat(count(page, "svg.bars")).isEqualTo(3);
    assertThat(count(page, "svg.bars .bar")).isEqualTo(5 + 6 + 9);
    assertThat(count(page, "svg.graph .node")).isEqualTo(7);
    assertThat(count(page, "svg.graph .edge.end")).isEqualTo(8);
    assertThat(page.evaluate("probe.smallest()").asDouble()).isGreaterThan(9.5);
  }

  @ParameterizedTest
  @CsvSource({"390,light", "390,dark", "1200,light", "1200,dark"})
  void canBeRead(int width, String scheme) throws Exception {
    var page = open(width);
    page.show("screen", scheme);
    page.screenshot(PICTURES.resolve(width + "-" + scheme + ".png"));

    openAllDetails(page);

    assertThat(page.evaluate("probe.faint()")).isEmpty();
    assertThat(page.evaluate("probe.faintInTreemap()")).isEmpty();
  }

  @Test
  void pictureAndHeadingsHaveNames() throws Exception {
    var page = open(DESKTOP);

    JsonNode unnamed =
        page.evaluate(
            "Array.from(document.querySelectorAll('[role]')).filter((e) =>"
                + " !e.getAttribute('aria-label')).map(probe.name)");
    assertThat(unnamed).isEmpty();
    JsonNode dangling =
        page.evaluate(
            "Array.from(document.querySelectorAll('[aria-labelledby]')).filter((e) =>"
                + " !document.getElementById(e.getAttribute('aria-labelledby'))).map(probe.name)");
    assertThat(dangling).isEmpty();
  }

  @Test
  void findingsCanBeFiltered() throws Exception {
    var page = open(PHONE);

    assertThat(count(page, ".finding")).isEqualTo(4);
    var _ = page.evaluate("document.querySelectorAll('.filter button')[2].click()");
    assertThat(count(page, ".finding")).isEqualTo(1);
    assertThat(page.evaluate("document.querySelector('[aria-pressed=true]').textContent").asText())
        .isEqualTo("warning");
    var _ = page.evaluate("document.querySelector('.filter button').click()");
    assertThat(count(page, ".finding")).isEqualTo(4);
  }

  @Test
  void isPrintedWithItsTablesAndWithoutButtons() throws Exception {
    var page = open(DESKTOP);
    page.print(PICTURES.resolve("report.pdf"));
    page.show("print", "light");

    assertThat(count(page, "table td")).isGreaterThan(100);
    assertThat(count(page, "pre")).isEqualTo(3);
    assertThat(count(page, ".filter button")).isZero();
  }

  @Test
  void hasAllContentWithoutScripts() throws Exception {
    var page = chromium.orElseThrow().openWithoutScripts(file().toUri(), PHONE);

    assertThat(page.evaluate("document.querySelectorAll('.filter').length").asInt()).isZero();
    assertThat(
            page.evaluate(
                    "Array.from(document.querySelectorAll('.finding')).filter((e) =>"
                        + " e.checkVisibility()).length")
                .asInt())
        .isEqualTo(4);
  }
}
