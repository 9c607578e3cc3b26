package dev.stagewright.dockerfile.parser;

import dev.stagewright.dockerfile.Dockerfile.Directive;
import dev.stagewright.dockerfile.source.DockerfileException;
import dev.stagewright.dockerfile.source.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the parser directives at the top of a Dockerfile, including the escape character. */
final class DirectiveScanner {
  private static final Pattern DIRECTIVE =
      Pattern.compile("#\\s*+([a-zA-Z][a-zA-Z0-9]*+)\\s*+=\\s*+(\\S.*)");
  private static final Set<String> KNOWN = Set.of("syntax", "escape", "check");

  private final List<Directive> found = new ArrayList<>();
  private boolean done;
  private char escape = '\\';

  /**
   * Reads the next line. After the first line that is not a directive, no line is a directive.
   *
   * @return whether the line is a directive
   */
  boolean scan(String line, int number) {
    if (done) {
      return false;
    }
    var match = DIRECTIVE.matcher(line);
    var name = match.matches() ? match.group(1).toLowerCase(Locale.ROOT) : "";
    if (!KNOWN.contains(name)) {
      done = true;
      return false;
    }
    var position = new Position(number, 1);
    if (found.stream().anyMatch(directive -> directive.name().equals(name))) {
      throw new DockerfileException(
          position, "only one " + name + " parser directive can be used", name);
    }
    var value = match.group(2).strip();
    found.add(new Directive(name, value, number));
    if (name.equals("escape")) {
      setEscape(value, position);
    }
    return true;
  }

  static boolean isKnown(String name) {
    return KNOWN.contains(name);
  }

  char escape() {
    return escape;
  }

  List<Directive> found() {
    return List.copyOf(found);
  }

  private void setEscape(String value, Position position) {
    if (!value.equals("\\") && !value.equals("`")) {
      throw new DockerfileException(
          position, "invalid escape token '" + value + "' does not match ` or \\", value);
    }
    escape = value.charAt(0);
  }
}
