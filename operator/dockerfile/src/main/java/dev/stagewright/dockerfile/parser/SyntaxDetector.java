package dev.stagewright.dockerfile.parser;

import dev.stagewright.dockerfile.Dockerfile.Directive;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds the frontend that a build file requests, in any language: {@code # syntax=…}, {@code //
 * syntax=…} or a JSON object with the key {@code syntax}; a leading {@code #!} line is skipped.
 */
public final class SyntaxDetector {
  private static final String KEY = "syntax";
  private static final Pattern DIRECTIVE =
      Pattern.compile("([a-zA-Z][a-zA-Z0-9]*+)\\s*+=\\s*+(\\S.*)");

  private SyntaxDetector() {}

  /** The directive; its value can contain options after the name of the frontend. */
  public static Optional<Directive> detect(String text) {
    var file = text.startsWith("\uFEFF") ? text.substring(1) : text;
    int firstLine = 1;
    if (file.startsWith("#!")) {
      int newline = file.indexOf('\n');
      file = newline < 0 ? "" : file.substring(newline + 1);
      firstLine = 2;
    }
    var rest = file;
    int line = firstLine;
    return commentDirective("#", rest, line)
        .or(() -> commentDirective("//", rest, line))
        .or(() -> inJson(rest).map(value -> new Directive(KEY, value, line)));
  }

  private static Optional<Directive> commentDirective(String prefix, String text, int firstLine) {
    var seen = new HashSet<String>();
    int number = firstLine;
    for (var line : (Iterable<String>) text.lines()::iterator) {
      var match =
          DIRECTIVE.matcher(line.startsWith(prefix) ? line.substring(prefix.length()).strip() : "");
      if (!match.matches()) {
        return Optional.empty();
      }
      var name = match.group(1).toLowerCase(Locale.ROOT);
      if (!DirectiveScanner.isKnown(name) || !seen.add(name)) {
        return Optional.empty();
      }
      if (name.equals(KEY)) {
        return Optional.of(new Directive(name, match.group(2), number));
      }
      number++;
    }
    return Optional.empty();
  }

  private static Optional<String> inJson(String text) {
    var in = new JsonScanner(text);
    if (!in.take('{') || in.take('}')) {
      return Optional.empty();
    }
    Optional<String> found = Optional.empty();
    do {
      var key = in.string();
      if (key.isEmpty() || !in.take(':')) {
        return Optional.empty();
      }
      var string = in.string();
      if (string.isEmpty() && !in.value()) {
        return Optional.empty();
      }
      if (key.get().equals(KEY)) {
        found = string;
      }
    } while (in.take(','));
    return in.take('}') && in.atEnd() ? found : Optional.empty();
  }
}
