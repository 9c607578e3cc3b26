package dev.stagewright.kubectl.progress;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

/** The objects of {@code --progress json}, which docs/cli.md describes. */
class JsonFormatTest {
  private final ManualClock clock = new ManualClock();
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final ProgressDisplay display =
      new FormattedDisplay(new JsonFormat(clock), new PrintStream(output, true, UTF_8), clock);

  @Test
  void isOneObjectALine() {
    for (var state : Recording.success()) {
      state.accept(display);
      clock.advance("0.5S");
    }

    assertThat(output.toString(UTF_8).lines())
        .first()
        .isEqualTo(
            "{\"time\":\"2026-01-01T12:00:00Z\",\"event\":\"started\",\"step\":1,\"task\":\"context\","
                + "\"title\":\"[context] upload of the build context\"}");
    assertThat(output.toString(UTF_8).lines())
        .contains(
            "{\"time\":\"2026-01-01T12:00:00Z\",\"event\":\"transfer\",\"step\":1,\"task\":\"context\","
                + "\"seconds\":0.0,\"bytes\":2000000,\"total\":8000000}",
            "{\"time\":\"2026-01-01T12:00:00.500Z\",\"event\":\"phase\",\"build\":\"hello\",\"run\":1,"
                + "\"phase\":\"Preparing\"}",
            "{\"time\":\"2026-01-01T12:00:01.500Z\",\"event\":\"log\",\"step\":7,\"task\":\"builder\","
                + "\"seconds\":0.0,\"text\":\"go: downloading 例え v1.0.0\"}",
            "{\"time\":\"2026-01-01T12:00:02Z\",\"event\":\"ended\",\"step\":7,\"task\":\"builder\","
                + "\"outcome\":\"done\",\"seconds\":0.5}",
            "{\"time\":\"2026-01-01T12:00:01Z\",\"event\":\"stages\",\"ended\":1,\"total\":2}")
        .last()
        .isEqualTo(
            "{\"time\":\"2026-01-01T12:00:02.500Z\",\"event\":\"finished\",\"build\":\"hello\",\"run\":1,"
                + "\"phase\":\"Succeeded\",\"seconds\":2.5,"
                + "\"image\":\"registry.example.com/team/hello:1.0\",\"digest\":\"sha256:5d9c\"}");
  }
}
