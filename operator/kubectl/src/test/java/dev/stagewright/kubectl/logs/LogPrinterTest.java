package dev.stagewright.kubectl.logs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.kubectl.terminal.Ansi;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LogPrinterTest {
  private static final Instant TIME = Instant.parse("2026-01-01T10:00:00Z");

  private final StringWriter out = new StringWriter();
  private final StringWriter notices = new StringWriter();

  private LogPrinter printer(boolean colored, boolean timestamps) {
    return new LogPrinter(
        new PrintWriter(out), new PrintWriter(notices), new Ansi(colored), timestamps);
  }

  private static LogEntry entry(String source, boolean startsStep, String text) {
    return new LogEntry(source, Optional.of(TIME), startsStep, text);
  }

  @Test
  void alignsSources() {
    var printer = printer(false, false);
    printer.addSources(List.of("prepare", "a"));
    printer.print(entry("prepare", false, "fetching"));
    printer.print(entry("a", true, "1/2 FROM scratch"));

    assertThat(out.toString()).isEqualTo("[prepare] fetching\n[a]       1/2 FROM scratch\n");
  }

  @Test
  void printsTimestampsOnRequest() {
    printer(false, true).print(entry("a", false, "hello"));

    assertThat(out.toString()).isEqualTo("[a] 2026-01-01T10:00:00Z hello\n");
  }

  @Test
  void colorsSourcesAndHighlightsInstructions() {
    printer(true, false).print(entry("a", true, "1/2 FROM scratch"));

    assertThat(out.toString())
        .isEqualTo("\u001b[36m[a]\u001b[0m \u001b[1m1/2 FROM scratch\u001b[0m\n");
  }

  @Test
  void printsNoticesToStandardError() {
    printer(false, false).notice("a", "attempt 2");

    assertThat(out.toString()).isEmpty();
    assertThat(notices.toString()).isEqualTo("[a] attempt 2\n");
  }

  @Test
  void detectsClosedOutput() {
    var closed =
        new Writer() {
          @Override
          public void write(char[] text, int offset, int length) throws IOException {
            throw new IOException("broken pipe");
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    var printer =
        new LogPrinter(new PrintWriter(closed), new PrintWriter(notices), new Ansi(false), false);

    assertThat(printer.isClosed()).isFalse();
    printer.print(entry("a", false, "hello"));
    assertThat(printer.isClosed()).isTrue();
  }
}
