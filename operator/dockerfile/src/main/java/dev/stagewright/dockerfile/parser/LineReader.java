package dev.stagewright.dockerfile.parser;

import dev.stagewright.dockerfile.source.DockerfileException;
import dev.stagewright.dockerfile.source.Position;

/** Walks over the physical lines of a text. */
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

  /** Goes to the next line; false at the end of the text. */
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

  /** The line without its end. */
  String line() {
    int last = end;
    while (last > start && text.charAt(last - 1) == '\r') {
      last--;
    }
    return text.substring(start, last);
  }

  /** The line's number, counted from 1; the number of lines behind the last one. */
  int number() {
    return number;
  }

  /** Index of the line's first character in the text. */
  int start() {
    return start;
  }

  /** Index behind the line's last character, its end not counted. */
  int end() {
    return end;
  }

  /** Index of the next line's first character. */
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
      // Each half of a surrogate pair stands for two of its four bytes.
      bytes += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
    }
    return bytes > LONGEST;
  }
}
