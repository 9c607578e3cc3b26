package dev.stagewright.dockerfile.instruction;

import dev.stagewright.dockerfile.source.GoText;
import dev.stagewright.dockerfile.source.Position;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * An instruction as it was read, before anyone asks what it means: keyword, flags, words, heredocs.
 *
 * @param keyword as written, in any case
 * @param flags as written but without quotes, for example {@code --from=build}
 * @param arguments the words after the flags; ENV and LABEL give key, value and separator ({@code
 *     =}, or nothing in the legacy form) in turn; HEALTHCHECK its type first; RUN, CMD, ENTRYPOINT
 *     and SHELL in shell form one text
 * @param json whether the arguments were written as a JSON array
 * @param heredocs in the order of their words
 * @param line the logical line: continuations joined, comments left out
 * @param source the physical lines of the instruction, without heredoc bodies
 * @param position of the keyword
 * @param endLine the last physical line, heredocs included
 * @param comments the comment lines directly above, without {@code #}
 * @param trigger what ONBUILD defers; empty for every other instruction
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

  /** The same at another place: a trigger stands where the FROM is that runs it. */
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

  /** Where this text stands in the instruction; the instruction's start where it is not found. */
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

  /** The instruction on one line, keyword in capitals, at most 200 characters, for messages. */
  public String shown() {
    var rest = GoText.trim(line).substring(keyword.length()).replaceAll("[\\t ]{2,}", " ");
    var oneLine = keyword.toUpperCase(Locale.ROOT) + rest;
    return oneLine.length() <= SHOWN ? oneLine : oneLine.substring(0, SHOWN - 1) + "…";
  }
}
