package dev.stagewright.controller.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The table of metrics in the documentation. Run with {@code -Dmetrics.update=true} to write it.
 */
class MetricsPageTest {
  private static final Path PAGE = Path.of("../../docs/metrics.md");
  private static final String START = "<!-- metrics -->\n";
  private static final String END = "<!-- end -->";

  @Test
  void pageHasAllMetrics() throws IOException {
    var page = Files.readString(PAGE);
    var expected =
        page.substring(0, page.indexOf(START) + START.length())
            + table()
            + page.substring(page.indexOf(END));

    if (Boolean.getBoolean("metrics.update")) {
      Files.writeString(PAGE, expected);
    } else {
      assertThat(page).isEqualTo(expected);
    }
  }

  @Test
  void counterNeedsAValueForEachLabel() {
    assertThatThrownBy(() -> Metric.BUILDS.counter(new SimpleMeterRegistry(), "failed"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static String table() {
    return Arrays.stream(Metric.values())
        .map(MetricsPageTest::row)
        .collect(
            Collectors.joining(
                "",
                "| Metric | Type | What it counts | Labels |\n| --- | --- | --- | --- |\n",
                ""));
  }

  private static String row(Metric metric) {
    return "| `%s` | %s | %s | %s |\n"
        .formatted(
            metric.prometheusName(),
            metric.type().label(),
            metric.description(),
            metric.labels().stream()
                .map(label -> "`%s`: %s".formatted(label.name(), label.values()))
                .collect(Collectors.joining("<br>")));
  }
}
