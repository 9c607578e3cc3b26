package dev.stagewright.dockerfile.parser;

import dev.stagewright.dockerfile.source.DockerfileException;
import dev.stagewright.dockerfile.source.Position;

/** Reads the physical lines of a text. */
final class LineReader {
  private static final int LONGEST = 65_535;
  private static final int MOST_BYTES_PER_CHAR = 3;

  private final String text;
  private int number;
  private int start;
  private int end;
  private int following;

  LineReader(String text) {
    this.text = text;
    this.following = text.startsWith("\uFEFF") ? 1 : 0;
  }

  /** Moves to the next line; false at the end of the text. */
  boolean next() {
    if (following >= text.length()) {
      return false;
    }
    start = following;
    int newline = text.indexOf('\n', start);
    end = newline < 0 ? text.length() : newline;
    following = newline < 0 ? text.length() : newline + 1;
    number++;
    if (isTooLong()) {
      throw new DockerfileException(
          new Position(number, 1), "dockerfile line greater than max allowed size of " + LONGEST);
    }
    return true;
  }

  /** The current line without its line end. */
  String line() {
    int last = end;
    while (last > start && text.charAt(last - 1) == '\r') {
      last--;
    }
    return text.substring(start, last);
  }

  /** The number of the current line, counted from 1; the number of lines at the end of the text. */
  int number() {
    return number;
  }

  /** The index of the first character of the line. */
  int start() {
    return start;
  }

  /** The index after the last character of the line, without the line end. */
  int end() {
    return end;
  }

  /** The index of the first character of the next line. */
  int following() {
    return following;
  }

  String slice(int from, int to) {
    return text.substring(from, to);
  }

  private boolean isTooLong() {
    int length = end - start;
    if (length * MOST_BYTES_PER_CHAR <= LONGEST) {
      return false;
    }
    int bytes = 0;
    for (int i = start; i < end && bytes <= LONGEST; i++) {
      char c = text.charAt(i);
      // Each half of a surrogate pair counts as two of the four bytes.
      bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
    }
    return bytes > LONGEST;
  }
}
