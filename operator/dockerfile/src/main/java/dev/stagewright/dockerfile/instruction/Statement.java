package dev.stagewright.dockerfile.instruction;

import dev.stagewright.dockerfile.source.GoText;
import dev.stagewright.dockerfile.source.Position;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An untyped instruction, before its flags and arguments are checked: keyword, flags, words,
 * heredocs.
 *
 * @param keyword as in the Dockerfile, in upper or lower case
 * @param flags without quotes, for example {@code --from=build}
 * @param arguments the words after the flags; ENV and LABEL have a key, value and separator ({@code
 *     =}, or empty in the legacy form) for each pair; HEALTHCHECK begins with its type; RUN, CMD,
 *     ENTRYPOINT and SHELL in shell form have one text
 * @param json whether the arguments are a JSON array
 * @param heredocs in the order of their operators
 * @param line the logical line: continuations joined, comments removed
 * @param source the physical lines of the instruction, without heredoc bodies
 * @param position of the keyword
 * @param endLine the last physical line, including heredocs
 * @param comments the comment lines directly above the instruction, without {@code #}
 * @param trigger the deferred instruction of ONBUILD; empty for other instructions
 */
public record Statement(
    String keyword,
    List<String> flags,
    List<String> arguments,
    boolean json,
    List<Heredoc> heredocs,
    String line,
    String source,
    Position position,
    int endLine,
    List<String> comments,
    Optional<Statement> trigger) {

  private static final int SHOWN = 200;

  /** Copies the lists. */
  public Statement {
    flags = List.copyOf(flags);
    arguments = List.copyOf(arguments);
    heredocs = List.copyOf(heredocs);
    comments = List.copyOf(comments);
  }

  /**
   * The same statement at another position: a trigger has the position of the FROM that runs it.
   */
  public Statement at(Position newPosition, int newEndLine) {
    return new Statement(
        keyword,
        flags,
        arguments,
        json,
        heredocs,
        line,
        source,
        newPosition,
        newEndLine,
        comments,
        trigger);
  }

  /**
   * The position of a text in the instruction; the start of the instruction if the text is not
   * found.
   */
  public Position locate(String text) {
    int at =
        text.isEmpty() ? -1 : source.indexOf(text, Math.min(keyword.length(), source.length()));
    if (at < 0) {
      return position;
    }
    int lineStart = source.lastIndexOf('\n', at - 1) + 1;
    int lines = (int) source.substring(0, at).chars().filter(c -> c == '\n').count();
    return lines == 0
        ? new Position(position.line(), position.column() + at)
        : new Position(position.line() + lines, at - lineStart + 1);
  }

  /** The instruction on one line for messages: keyword in upper case, at most 200 characters. */
  public String shown() {
    var rest = GoText.trim(line).substring(keyword.length()).replaceAll("[\\t ]{2,}", " ");
    var oneLine = keyword.toUpperCase(Locale.ROOT) + rest;
    return oneLine.length() <= SHOWN ? oneLine : oneLine.substring(0, SHOWN - 1) + "…";
  }
}
