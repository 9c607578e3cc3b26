package dev.stagewright.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.layers.oci.Digest;
import dev.stagewright.protocol.LogFrame.Kind;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LogFrameTest {
  private static final String JSON = "{\"stages\":[],\"text\":\"ä\"}";

  @ParameterizedTest
  @EnumSource
  void aLineIsReadBackAsTheSameJson(Kind kind) {
    var frame = LogFrame.parse(LogFrame.format(kind, JSON)).orElseThrow();

    assertThat(frame.kind()).isEqualTo(kind);
    assertThat(frame.json()).contains(JSON);
  }

  @Test
  void aLineIsASingleLine() {
    assertThat(LogFrame.format(Kind.PLAN, "{\n\"a\":\r1}".repeat(1000)).lines()).hasSize(1);
  }

  @Test
  void aFrameWhoseDigestDoesNotFitHasNoJson() {
    var line = LogFrame.format(Kind.RESULT, JSON);
    var other = Digest.of("{}".getBytes(StandardCharsets.UTF_8)).toString();
    var own = Digest.of(JSON.getBytes(StandardCharsets.UTF_8)).toString();

    assertThat(LogFrame.parse(line.replace(own, other)).orElseThrow().json()).isEmpty();
  }

  @Test
  void aTruncatedFrameHasNoJson() {
    var line = LogFrame.format(Kind.PLAN, JSON);

    for (var length = line.indexOf(' ') + 1; length < line.length(); length++) {
      assertThat(LogFrame.parse(line.substring(0, length)).flatMap(LogFrame::json)).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hello",
        "stagewright-plan",
        "stagewright-plan x",
        "stagewright-other sha256:00 AA==",
        " stagewright-plan sha256:00 AA==",
        "Stagewright-plan sha256:00 AA=="
      })
  void otherLinesAreNotFrames(String line) {
    assertThat(LogFrame.isFrame(line)).isFalse();
  }

  @Test
  void aLineThatUnpacksToMoreThanAPlanCanHaveHasNoJson() {
    var bomb = LogFrame.format(Kind.PLAN, " ".repeat(5 * 1024 * 1024));

    assertThat(LogFrame.parse(bomb).orElseThrow().json()).isEmpty();
  }

  @Test
  void theFrameWithADigestIsFoundAmongOthers() {
    var log =
        String.join(
            "\n",
            "hello",
            LogFrame.format(Kind.RESULT, JSON),
            LogFrame.format(Kind.PLAN, "{}"),
            LogFrame.format(Kind.PLAN, JSON),
            "bye");

    assertThat(LogFrame.find(log, Kind.PLAN, Digest.of(JSON.getBytes(StandardCharsets.UTF_8))))
        .contains(JSON);
    assertThat(LogFrame.find("hello", Kind.PLAN, Digest.of(new byte[0]))).isEmpty();
  }
}
