package dev.stagewright.dockerfile.parser;

import dev.stagewright.dockerfile.source.GoText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Parses the JSON form of the arguments of an instruction: an array of strings. */
final class JsonStrings {
  private final JsonScanner in;
  private final List<String> strings = new ArrayList<>();
  private boolean onlyStrings = true;

  private JsonStrings(JsonScanner in) {
    this.in = in;
  }

  /**
   * The strings of a JSON array; empty if the text is not a valid JSON array and therefore has
   * shell form.
   *
   * @throws NotStringsException if the array contains other values than strings
   */
  static Optional<List<String>> parse(String text) {
    var trimmed = GoText.trimLeft(text);
    if (!trimmed.startsWith("[")) {
      return Optional.empty();
    }
    var parser = new JsonStrings(new JsonScanner(trimmed));
    if (!parser.array()) {
      return Optional.empty();
    }
    if (!parser.onlyStrings) {
      throw new NotStringsException();
    }
    return Optional.of(List.copyOf(parser.strings));
  }

  private boolean array() {
    in.take('[');
    if (in.take(']')) {
      return in.atEnd();
    }
    do {
      var string = in.string();
      if (string.isPresent()) {
        strings.add(string.get());
      } else if (in.value()) {
        onlyStrings = false;
      } else {
        return false;
      }
    } while (in.take(','));
    return in.take(']') && in.atEnd();
  }

  /** A valid JSON array that contains other values than strings. */
  static final class NotStringsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NotStringsException() {
      super("when using JSON array syntax, arrays must be comprised of strings only");
    }
  }
}
