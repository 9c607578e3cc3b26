package dev.stagewright.analysis.run;

import java.util.Optional;

/**
 * A {@code #!} line as the kernel reads it: a path, and all the rest as one argument.
 *
 * @param interpreter path of the interpreter
 * @param argument the rest of the line; empty if there is none
 */
record Shebang(String interpreter, Optional<String> argument) {
  /** The kernel reads no more of the file, with {@code #!}. */
  private static final int MAX_LENGTH = 254;

  /**
   * Parses the line.
   *
   * @param line the text after {@code #!}
   * @return empty if the kernel does not accept it
   */
  static Optional<Shebang> parse(String line) {
    var text = trim(line.split("\n", 2)[0]);
    var end = firstBlank(text);
    var interpreter = text.substring(0, end);
    if (interpreter.isEmpty() || (end == text.length() && text.length() > MAX_LENGTH)) {
      return Optional.empty();
    }
    var argument = trim(text.substring(end));
    return Optional.of(
        new Shebang(interpreter, argument.isEmpty() ? Optional.empty() : Optional.of(argument)));
  }

  /** Only spaces and tabs are blank to the kernel, not CR. */
  private static String trim(String text) {
    var start = 0;
    var end = text.length();
    while (start < end && isBlank(text.charAt(start))) {
      start++;
    }
    while (end > start && isBlank(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  private static int firstBlank(String text) {
    var at = 0;
    while (at < text.length() && !isBlank(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static boolean isBlank(char character) {
    return character == ' ' || character == '\t';
  }
}
