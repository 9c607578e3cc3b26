package dev.stagewright.dockerfile.render;

import dev.stagewright.dockerfile.Dockerfile;
import dev.stagewright.dockerfile.instruction.Statement;
import dev.stagewright.dockerfile.source.GoText;

/**
 * Prints a Dockerfile so that parsing it gives the same instructions: one line each, the comments
 * that stand directly above an instruction kept, other comments and blank lines left out.
 */
public final class DockerfilePrinter {
  /** Leaves room for three bytes a character below the longest line there may be. */
  private static final int LONGEST_PIECE = 20_000;

  private final char escape;
  private final StringBuilder out = new StringBuilder();

  private DockerfilePrinter(char escape) {
    this.escape = escape;
  }

  /** The text. */
  public static String print(Dockerfile dockerfile) {
    var printer = new DockerfilePrinter(dockerfile.escape());
    for (var directive : dockerfile.directives()) {
      printer.line("# " + directive.name() + "=" + directive.value());
    }
    // A blank line, so that no comment below is taken for a directive.
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

  /** Where the rest would not read as a comment or a blank, nor the escape token as escaped. */
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
