package dev.stagewright.dockerfile.render;

import dev.stagewright.dockerfile.Dockerfile;
import dev.stagewright.dockerfile.instruction.Statement;
import dev.stagewright.dockerfile.source.GoText;

/**
 * Prints a Dockerfile with one line for each instruction. Comments directly above an instruction
 * are kept; other comments and blank lines are removed. Parsing the output returns the same
 * instructions.
 */
public final class DockerfilePrinter {
  /** Leaves room for three bytes per character within the maximum line length. */
  private static final int LONGEST_PIECE = 20_000;

  private final char escape;
  private final StringBuilder out = new StringBuilder();

  private DockerfilePrinter(char escape) {
    this.escape = escape;
  }

  /** Prints a Dockerfile. */
  public static String print(Dockerfile dockerfile) {
    var printer = new DockerfilePrinter(dockerfile.escape());
    for (var directive : dockerfile.directives()) {
      printer.line("# " + directive.name() + "=" + directive.value());
    }
    // A blank line, so that a following comment is not parsed as a directive.
    printer.line("");
    dockerfile.statements().forEach(printer::statement);
    return printer.out.toString();
  }

  private void statement(Statement statement) {
    statement.comments().forEach(comment -> line("# " + comment));
    pieces(GoText.trim(statement.line()));
    for (var heredoc : statement.heredocs()) {
      out.append(heredoc.content());
      line(heredoc.name());
    }
  }

  private void pieces(String text) {
    int start = 0;
    while (text.length() - start > LONGEST_PIECE) {
      int end = start + LONGEST_PIECE;
      while (end > start + 1 && !canBreak(text, end)) {
        end--;
      }
      line(text.substring(start, end) + escape);
      start = end;
    }
    line(text.substring(start));
  }

  /**
   * A position to break the line, where the rest does not begin with a comment or white space and
   * the escape character is not escaped.
   */
  private boolean canBreak(String text, int at) {
    char after = text.charAt(at);
    return text.charAt(at - 1) != escape
        && after != '#'
        && !GoText.isSpace(after)
        && !Character.isLowSurrogate(after);
  }

  private void line(String text) {
    out.append(text).append('\n');
  }
}
