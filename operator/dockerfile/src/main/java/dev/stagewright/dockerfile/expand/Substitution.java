package dev.stagewright.dockerfile.expand;

import java.util.Optional;

/** Parses and evaluates a substitution, {@code ${...}}. */
final class Substitution {
  private final WordScan scan;

  Substitution(WordScan scan) {
    this.scan = scan;
  }

  /** Reads the substitution, including the closing brace. */
  String read() {
    switch (scan.peek()) {
      case WordScan.END -> throw missingBrace();
      case '{', '}', ':' -> throw new SubstitutionException("syntax error: bad substitution");
      default -> {}
    }
    var name = scan.name();
    int c = scan.next();
    return switch (c) {
      case WordScan.END -> throw missingBrace();
      case '}' -> scan.value(name).orElse(scan.keepsUnset() ? "${" + name + "}" : "");
      case ':' -> colon(name);
      case '+', '-', '?', '#', '%' -> modified(name, c, false);
      case '/' -> replaced(name);
      default -> throw unsupported(Character.toString(c));
    };
  }

  private String colon(String name) {
    int c = scan.next();
    if (c == '#' || c == '%') {
      throw unsupported(":" + Character.toString(c));
    }
    return modified(name, c, true);
  }

  private String modified(String name, int modifier, boolean emptyIsUnset) {
    boolean trims = modifier == '#' || modifier == '%';
    var word = word('}', trims, "syntax error: missing '}'");
    var value = trims ? scan.value(name) : scan.valueOrHandled(name);
    var written = (emptyIsUnset ? ":" : "") + (modifier < 0 ? "" : Character.toString(modifier));
    if (value.isEmpty() && scan.keepsUnset()) {
      return "${" + name + written + word + "}";
    }
    boolean absent = value.isEmpty() || (emptyIsUnset && value.get().isEmpty());
    return switch (modifier) {
      case '-' -> absent ? word : value.orElse("");
      case '+' -> absent ? "" : word;
      case '?' -> required(name, word, value, absent);
      case '#', '%' -> trimmed(value.orElse(""), modifier, word);
      default -> throw unsupported(written);
    };
  }

  private static String required(
      String name, String message, Optional<String> value, boolean absent) {
    if (absent) {
      var reason = value.isEmpty() ? "is not allowed to be unset" : "is not allowed to be empty";
      throw new SubstitutionException(name + ": " + (message.isEmpty() ? reason : message));
    }
    return value.orElse("");
  }

  private static String trimmed(String value, int modifier, String word) {
    boolean longest = !word.isEmpty() && word.charAt(0) == modifier;
    var pattern = ShellPattern.parse(longest ? word.substring(1) : word);
    return modifier == '#'
        ? pattern.withoutPrefix(value, longest)
        : pattern.withoutSuffix(value, longest);
  }

  private String replaced(String name) {
    boolean all = scan.peek() == '/';
    if (all) {
      scan.next();
    }
    var pattern = word('/', true, "syntax error: missing '/' in ${}");
    var replacement = word('}', true, "syntax error: missing '}'");
    var value = scan.value(name);
    if (value.isEmpty() && scan.keepsUnset()) {
      return "${" + name + "/" + pattern + "/" + replacement + "}";
    }
    var parsed = ShellPattern.parse(pattern);
    return all
        ? parsed.replaceAll(value.orElse(""), replacement)
        : parsed.replaceFirst(value.orElse(""), replacement);
  }

  /**
   * If the closing brace is missing, that is the error to report, whatever else is wrong in the
   * word.
   */
  private String word(int stop, boolean keepEscapes, String missing) {
    try {
      return scan.untilStop(stop, keepEscapes);
    } catch (SubstitutionException e) {
      throw scan.peek() == WordScan.END ? new SubstitutionException(missing) : e;
    }
  }

  private static SubstitutionException missingBrace() {
    return new SubstitutionException("syntax error: missing '}'");
  }

  private static SubstitutionException unsupported(String modifier) {
    return new SubstitutionException("unsupported modifier (" + modifier + ") in substitution");
  }
}
