package dev.stagewright.controller.logs;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Splits the bytes of a log stream into lines of limited length. Longer lines are truncated, except
 * for lines that are meant for the operator.
 */
final class LogLineSplitter {
  static final int LINE_BYTES = 16 * 1024;

  /** A plan has at most 1 MiB; gzip and base64 add less than that. */
  static final int FRAME_BYTES = 2 * 1024 * 1024;

  /** From this length on, a carriage return restarts a line, as it does on a terminal. */
  private static final int RESTART_BYTES = 4 * 1024;

  private static final int IDLE_BYTES = 512;
  private static final byte[] FRAME = "stagewright-".getBytes(StandardCharsets.US_ASCII);

  private final boolean allowsFrames;
  private final Consumer<String> lines;
  private byte[] buffer = new byte[IDLE_BYTES];
  private int length;
  private int limit = LINE_BYTES;
  private boolean isReturned;
  private boolean isTruncated;
  private long truncated;

  /**
   * Splits a log into lines.
   *
   * @param allowsFrames whether a line that is meant for the operator can be long
   * @param lines receives the lines without their line feeds
   */
  LogLineSplitter(boolean allowsFrames, Consumer<String> lines) {
    this.allowsFrames = allowsFrames;
    this.lines = lines;
  }

  /** Adds the next part of the log. */
  void append(ByteBuffer bytes) {
    while (bytes.hasRemaining()) {
      var next = bytes.get();
      if (next == '\n') {
        endLine();
      } else {
        restartIfReturned();
        isReturned = next == '\r';
        append(next);
      }
    }
  }

  private void append(byte next) {
    if (length == LINE_BYTES && limit == LINE_BYTES && allowsFrames && isFrame()) {
      limit = FRAME_BYTES;
    }
    if (length == limit) {
      isTruncated = true;
      return;
    }
    if (length == buffer.length) {
      buffer = Arrays.copyOf(buffer, 2 * length);
    }
    buffer[length++] = next;
  }

  /** Removes what a terminal would overwrite, but keeps the time. */
  private void restartIfReturned() {
    if (isReturned && length >= RESTART_BYTES) {
      length = startOfText();
      isTruncated = false;
    }
  }

  private void endLine() {
    var line = new String(buffer, 0, length, StandardCharsets.UTF_8);
    if (isTruncated) {
      truncated++;
    }
    reset();
    lines.accept(line);
  }

  /** Discards a line that has not ended. */
  void reset() {
    if (buffer.length > LINE_BYTES) {
      buffer = new byte[IDLE_BYTES];
    }
    length = 0;
    limit = LINE_BYTES;
    isReturned = false;
    isTruncated = false;
  }

  /** The number of lines that were truncated since the last call. */
  long takeTruncated() {
    var count = truncated;
    truncated = 0;
    return count;
  }

  private boolean isFrame() {
    var start = startOfText();
    return length >= start + FRAME.length
        && Arrays.equals(buffer, start, start + FRAME.length, FRAME, 0, FRAME.length);
  }

  private int startOfText() {
    for (var i = 0; i < length; i++) {
      if (buffer[i] == ' ') {
        return i + 1;
      }
    }
    return 0;
  }
}
