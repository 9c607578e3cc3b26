package dev.stagewright.controller.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogLineSplitterTest {
  private static final String TIME = "2026-11-21T10:00:00.5Z ";
  private static final int MEBIBYTE = 1024 * 1024;

  private final List<String> lines = new ArrayList<>();
  private final LogLineSplitter worker = new LogLineSplitter(true, lines::add);
  private final LogLineSplitter stage = new LogLineSplitter(false, lines::add);

  private static void append(LogLineSplitter splitter, String text) {
    splitter.append(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void joinsPartsOfLinesAndCharacters() {
    var bytes = "one\ntwö\n\nthree".getBytes(StandardCharsets.UTF_8);
    for (var part : bytes) {
      worker.append(ByteBuffer.wrap(new byte[] {part}));
    }

    assertThat(lines).containsExactly("one", "twö", "");
  }

  @Test
  void lineOfAnyLengthNeedsLittleMemory() {
    append(stage, TIME);
    for (var i = 0; i < 64; i++) {
      append(stage, "x".repeat(MEBIBYTE));
    }
    append(stage, "\nnext\n");

    assertThat(lines.getFirst()).hasSize(LogLineSplitter.LINE_BYTES).startsWith(TIME + "xxx");
    assertThat(lines.getLast()).isEqualTo("next");
    assertThat(stage.takeTruncated()).isEqualTo(1);
    assertThat(stage.takeTruncated()).isZero();
  }

  @Test
  void framesOfWorkersAreLong() {
    var frame = TIME + "stagewright-plan sha256:0 " + "x".repeat(MEBIBYTE);
    append(worker, frame + "\n");
    append(stage, frame + "\n");

    assertThat(lines.getFirst()).isEqualTo(frame);
    assertThat(lines.getLast()).hasSize(LogLineSplitter.LINE_BYTES);
  }

  @Test
  void evenFramesAreLimited() {
    append(worker, TIME + "stagewright-plan sha256:0 " + "x".repeat(3 * MEBIBYTE) + "\n");

    assertThat(lines).singleElement().asString().hasSize(LogLineSplitter.FRAME_BYTES);
  }

  @Test
  void longProgressBarKeepsItsLastState() {
    append(stage, TIME);
    for (var percent = 0; percent <= 100; percent++) {
      append(stage, "\r" + "#".repeat(1000) + percent + " %");
    }
    append(stage, "\r\n");

    assertThat(lines).singleElement().asString().startsWith(TIME).contains("#100 %");
    assertThat(stage.takeTruncated()).isZero();
  }

  @Test
  void discardsAnIncompleteLine() {
    append(worker, "start of a li");
    worker.reset();
    append(worker, "another line\n");

    assertThat(lines).containsExactly("another line");
  }
}
