package dev.stagewright.analysis.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.analysis.report.Report;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The example in the documentation: the page of a report, and its pictures. Run with {@code
 * -Danalysis.update=true} to write them.
 */
class ExampleReportTest {
  private static final Path FOLDER = Path.of("../../docs/report");
  private static final int LARGEST_PAGE = 150_000;

  private final String html = new ReportPage(report()).html();

  private static Report report() {
    try {
      return Report.parse(Files.readString(FOLDER.resolve("example.json")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void compare(String name, String expected) throws IOException {
    var file = FOLDER.resolve(name);
    if (Boolean.getBoolean("analysis.update")) {
      Files.writeString(file, expected);
    } else {
      assertThat(file).content().isEqualTo(expected);
    }
  }

  @Test
  void pageIsThatOfTheReport() throws IOException {
    assertThat(html.length()).isLessThan(LARGEST_PAGE);
    compare("example.html", html);
  }

  @TestFactory
  List<DynamicTest> picturesAreThoseOfThePage() {
    var pictures = new SvgFiles(html);
    return pictures.names().stream()
        .map(name -> DynamicTest.dynamicTest(name, () -> compare(name, pictures.text(name))))
        .toList();
  }
}
