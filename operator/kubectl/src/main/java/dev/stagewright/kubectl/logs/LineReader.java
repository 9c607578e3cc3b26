package dev.stagewright.kubectl.logs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Reads complete lines, and separately a partial line at the end of the stream. */
final class LineReader implements AutoCloseable {
  private final InputStream in;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  LineReader(InputStream in) {
    this.in = new BufferedInputStream(in);
  }

  /** The next complete line; empty at the end of the stream. */
  Optional<String> next() throws IOException {
    for (int next = in.read(); next >= 0; next = in.read()) {
      if (next == '\n') {
        return Optional.of(takeLine());
      }
      line.write(next);
    }
    return Optional.empty();
  }

  /** At the end of the stream, the text after the last line feed. */
  Optional<String> partialLine() {
    return line.size() == 0 ? Optional.empty() : Optional.of(takeLine());
  }

  private String takeLine() {
    var text = line.toString(UTF_8);
    line.reset();
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
