package dev.stagewright.kubectl.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.protocol.LogFrame;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LogEntryParserTest {
  private static LogLine line(String text) {
    return new LogLine(Optional.empty(), text);
  }

  private static String printed(LogEntryParser parser, String text) {
    return parser.parse(line(text)).map(it -> it.source() + ": " + it.text()).orElse("-");
  }

  @Test
  void assignsLinesToStageOfPod() {
    var parser = new LogEntryParser("builder", Set.of("builder"));

    assertThat(printed(parser, "[builder 2/3] RUN make")).isEqualTo("builder: 2/3 RUN make");
    assertThat(printed(parser, "make: done")).isEqualTo("builder: make: done");
  }

  @Test
  void instructionStartsStep() {
    var parser = new LogEntryParser("builder", Set.of("builder"));

    assertThat(parser.parse(line("[builder 2/3] RUN make")).orElseThrow().startsStep()).isTrue();
    assertThat(parser.parse(line("make: done")).orElseThrow().startsStep()).isFalse();
  }

  @Test
  void assignsLinesOfSharedPodToLatestStage() {
    var parser = new LogEntryParser("base", Set.of("base", "final"));

    assertThat(printed(parser, "[base 2/2] RUN a")).isEqualTo("base: 2/2 RUN a");
    assertThat(printed(parser, "a")).isEqualTo("base: a");
    assertThat(printed(parser, "[final 2/2] RUN b")).isEqualTo("final: 2/2 RUN b");
    assertThat(printed(parser, "b")).isEqualTo("final: b");
  }

  @Test
  void keepsMarkerOfOtherStageAsText() {
    var parser = new LogEntryParser("base", Set.of("base"));

    assertThat(printed(parser, "[other 2/2] RUN b")).isEqualTo("base: [other 2/2] RUN b");
  }

  @Test
  void assignsLinesOfPublishToTheStagesThatTheyName() {
    var parser = new LogEntryParser("publish", Set.of("publish"));

    assertThat(printed(parser, "[final 1/2] FROM scratch")).isEqualTo("final: 1/2 FROM scratch");
    assertThat(printed(parser, "[assets] WARNING: no user x"))
        .isEqualTo("assets: WARNING: no user x");
    assertThat(printed(parser, "uploaded 2.0 MiB")).isEqualTo("publish: uploaded 2.0 MiB");
  }

  @ParameterizedTest
  @EnumSource(LogFrame.Kind.class)
  void removesLinesForTheOperator(LogFrame.Kind kind) {
    var parser = new LogEntryParser("publish", Set.of("publish"));

    assertThat(printed(parser, LogFrame.format(kind, "{}"))).isEqualTo("-");
  }
}
