package dev.stagewright.dockerfile.parser;

import dev.stagewright.dockerfile.source.GoText;
import dev.stagewright.dockerfile.source.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Joins physical lines to logical lines: removes comments and blank lines, and joins continuations.
 */
final class LogicalLineReader {
  private final LineReader lines;
  private final DirectiveScanner directives;
  private final List<String> comments = new ArrayList<>();

  LogicalLineReader(LineReader lines, DirectiveScanner directives) {
    this.lines = lines;
    this.directives = directives;
  }

  /** The logical line of the next instruction; empty at the end. */
  Optional<LogicalLine> next() {
    while (lines.next()) {
      var line = lines.line();
      var trimmed = GoText.trimLeft(line);
      if (directives.scan(trimmed, lines.number())) {
        continue;
      }
      if (isComment(trimmed)) {
        remember(GoText.trim(line.substring(1)));
      } else if (!trimmed.isEmpty()) {
        return Optional.of(join(trimmed, line.length() - trimmed.length()));
      }
    }
    return Optional.empty();
  }

  /** As in BuildKit, an empty comment ends a description, but a blank line does not. */
  private void remember(String comment) {
    if (comment.isEmpty()) {
      comments.clear();
    } else {
      comments.add(comment);
    }
  }

  private LogicalLine join(String first, int indent) {
    int startLine = lines.number();
    int start = lines.start() + indent;
    boolean emptyContinuation = false;
    boolean continued = isContinued(first);
    var text = new StringBuilder(continued ? withoutContinuation(first) : first);
    while (continued && lines.next()) {
      var line = lines.line();
      var trimmed = GoText.trimLeft(line);
      if (trimmed.isEmpty()) {
        emptyContinuation = true;
      } else if (!isComment(trimmed)) {
        continued = isContinued(line);
        text.append(continued ? withoutContinuation(line) : line);
      }
    }
    var result =
        new LogicalLine(
            text.toString(),
            lines.slice(start, lines.end()),
            new Position(startLine, indent + 1),
            lines.number(),
            List.copyOf(comments),
            emptyContinuation);
    comments.clear();
    return result;
  }

  private static boolean isComment(String trimmed) {
    return trimmed.startsWith("#");
  }

  /** A line continues if the last character before white space is a single escape character. */
  private boolean isContinued(String line) {
    int last = lastVisible(line);
    char escape = directives.escape();
    return last >= 0
        && line.charAt(last) == escape
        && (last == 0 || line.charAt(last - 1) != escape);
  }

  private static String withoutContinuation(String line) {
    return line.substring(0, lastVisible(line));
  }

  private static int lastVisible(String line) {
    int last = line.length() - 1;
    while (last >= 0 && (line.charAt(last) == ' ' || line.charAt(last) == '\t')) {
      last--;
    }
    return last;
  }
}
