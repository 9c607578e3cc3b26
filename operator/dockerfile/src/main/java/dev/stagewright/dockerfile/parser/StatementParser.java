package dev.stagewright.dockerfile.parser;

import dev.stagewright.dockerfile.instruction.Statement;
import dev.stagewright.dockerfile.source.DockerfileException;
import dev.stagewright.dockerfile.source.GoText;
import dev.stagewright.dockerfile.source.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Splits a logical line into keyword, flags and words, with the rules of its instruction. */
final class StatementParser {
  private static final Pattern BLANKS = Pattern.compile("[\\t\\x0B\\f\\r ]+");
  private static final int DEEPEST_ONBUILD = 20;

  private final char escape;
  private final LogicalLine line;

  StatementParser(char escape, LogicalLine line) {
    this.escape = escape;
    this.line = line;
  }

  Statement parse() {
    return parse(line.text(), line.source(), line.position(), 0);
  }

  private Statement parse(String text, String source, Position position, int depth) {
    var parts = BLANKS.split(GoText.trim(text), 2);
    var keyword = parts[0];
    var split = FlagWords.split(parts.length == 2 ? parts[1] : "", escape);
    var words = words(keyword.toUpperCase(Locale.ROOT), split.rest(), source, position);
    var trigger =
        keyword.equalsIgnoreCase("ONBUILD") && !split.rest().isEmpty()
            ? Optional.of(trigger(split.rest(), source, position, depth))
            : Optional.<Statement>empty();
    return new Statement(
        keyword,
        split.flags(),
        words.arguments(),
        words.json(),
        List.of(),
        text,
        source,
        position,
        line.endLine(),
        line.comments(),
        trigger);
  }

  private Statement trigger(String rest, String source, Position position, int depth) {
    if (depth == DEEPEST_ONBUILD) {
      throw new DockerfileException(
          position, "Chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed", "ONBUILD");
    }
    return parse(rest, source, position, depth + 1);
  }

  private Words words(String keyword, String rest, String source, Position position) {
    try {
      return switch (keyword) {
        case "ADD", "COPY", "VOLUME" -> jsonOrElse(rest, splitAtWhiteSpace(rest));
        case "CMD", "ENTRYPOINT", "RUN", "SHELL" -> jsonOrElse(rest, asOneWord(rest));
        case "EXPOSE", "FROM" -> new Words(splitAtWhiteSpace(rest), false);
        case "ARG" -> new Words(QuotedWords.split(rest, escape), false);
        case "ENV", "LABEL" -> new Words(pairs(keyword, rest), false);
        case "HEALTHCHECK" -> healthcheck(rest);
        case "MAINTAINER", "ONBUILD", "STOPSIGNAL", "USER", "WORKDIR" ->
            new Words(asOneWord(rest), false);
        default -> new Words(asOneWord(rest), false);
      };
    } catch (JsonStrings.NotStringsException e) {
      throw new DockerfileException(position, String.valueOf(e.getMessage()), rest);
    } catch (SyntaxException e) {
      throw new DockerfileException(
          locate(e.offending, source, position), String.valueOf(e.getMessage()), e.offending);
    }
  }

  private static Words jsonOrElse(String rest, List<String> otherwise) {
    return JsonStrings.parse(rest)
        .map(strings -> new Words(strings, true))
        .orElseGet(() -> new Words(otherwise, false));
  }

  private static List<String> asOneWord(String rest) {
    return rest.isEmpty() ? List.of() : List.of(rest);
  }

  private static List<String> splitAtWhiteSpace(String rest) {
    return rest.isEmpty() ? List.of() : List.of(BLANKS.split(rest, -1));
  }

  private static Words healthcheck(String rest) {
    int end = 0;
    while (end < rest.length() && !GoText.isSpace(rest.charAt(end))) {
      end++;
    }
    if (end == 0) {
      return new Words(List.of(), false);
    }
    var command = GoText.trimLeft(rest.substring(end));
    var parsed = jsonOrElse(command, asOneWord(command));
    var arguments = new ArrayList<String>();
    arguments.add(rest.substring(0, end));
    arguments.addAll(parsed.arguments());
    return new Words(arguments, parsed.json());
  }

  /** Key, value and separator for each pair; the legacy form has one pair and no separator. */
  private List<String> pairs(String keyword, String rest) {
    var words = QuotedWords.split(rest, escape);
    if (words.isEmpty()) {
      return List.of();
    }
    if (words.getFirst().indexOf('=') < 0) {
      var parts = BLANKS.split(rest, 2);
      if (parts.length < 2) {
        throw new SyntaxException(keyword + " must have two arguments", rest);
      }
      return List.of(parts[0], parts[1], "");
    }
    var arguments = new ArrayList<String>();
    for (var word : words) {
      int equals = word.indexOf('=');
      if (equals < 0) {
        throw new SyntaxException(
            "Syntax error - can't find = in "
                + GoText.quote(word)
                + ". Must be of the form: name=value",
            word);
      }
      arguments.add(word.substring(0, equals));
      arguments.add(word.substring(equals + 1));
      arguments.add("=");
    }
    return arguments;
  }

  private Position locate(String text, String source, Position position) {
    return new Statement(
            "",
            List.of(),
            List.of(),
            false,
            List.of(),
            "",
            source,
            position,
            position.line(),
            List.of(),
            Optional.empty())
        .locate(text);
  }

  private record Words(List<String> arguments, boolean json) {}

  private static final class SyntaxException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String offending;

    SyntaxException(String message, String offending) {
      super(message);
      this.offending = offending;
    }
  }
}
