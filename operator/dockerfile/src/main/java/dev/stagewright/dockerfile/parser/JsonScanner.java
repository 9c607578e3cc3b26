package dev.stagewright.dockerfile.parser;

import java.util.ArrayDeque;
import java.util.Optional;
import java.util.regex.Pattern;

/** Scans JSON tokens. Nested values are only checked, without recursion. */
final class JsonScanner {
  private static final Pattern SCALAR =
      Pattern.compile("-?(0|[1-9][0-9]*+)(\\.[0-9]++)?([eE][+-]?[0-9]++)?|true|false|null");

  private final String text;
  private int at;

  JsonScanner(String text) {
    this.text = text;
  }

  /** Consumes white space and a character; false if the next character differs. */
  boolean take(char expected) {
    skipSpace();
    if (at < text.length() && text.charAt(at) == expected) {
      at++;
      return true;
    }
    return false;
  }

  boolean atEnd() {
    skipSpace();
    return at == text.length();
  }

  /** Consumes a string; empty, without consuming anything, if there is no valid string. */
  Optional<String> string() {
    skipSpace();
    int start = at;
    if (!take('"')) {
      return Optional.empty();
    }
    var string = new StringBuilder();
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '"') {
        return Optional.of(string.toString());
      }
      if (c < ' ' || (c == '\\' && !escape(string))) {
        break;
      }
      if (c != '\\') {
        string.append(c);
      }
    }
    at = start;
    return Optional.empty();
  }

  /** Consumes a value, nested or not; false if it is invalid. */
  boolean value() {
    var open = new ArrayDeque<Character>();
    do {
      if (take('[')) {
        if (!take(']')) {
          open.push(']');
          continue;
        }
      } else if (take('{')) {
        if (!take('}')) {
          open.push('}');
          if (!key()) {
            return false;
          }
          continue;
        }
      } else if (!scalar()) {
        return false;
      }
      if (!close(open)) {
        return false;
      }
    } while (!open.isEmpty());
    return true;
  }

  /** After a value, another value follows in the same container, or containers end. */
  private boolean close(ArrayDeque<Character> open) {
    while (!open.isEmpty()) {
      char closing = open.peek();
      if (take(',')) {
        return closing == ']' || key();
      }
      if (!take(closing)) {
        return false;
      }
      open.pop();
    }
    return true;
  }

  private boolean key() {
    return string().isPresent() && take(':');
  }

  private boolean scalar() {
    if (string().isPresent()) {
      return true;
    }
    skipSpace();
    var match = SCALAR.matcher(text).region(at, text.length());
    if (!match.lookingAt()) {
      return false;
    }
    at = match.end();
    return true;
  }

  private boolean escape(StringBuilder to) {
    if (at >= text.length()) {
      return false;
    }
    char c = text.charAt(at++);
    switch (c) {
      case '"', '\\', '/' -> to.append(c);
      case 'b' -> to.append('\b');
      case 'f' -> to.append('\f');
      case 'n' -> to.append('\n');
      case 'r' -> to.append('\r');
      case 't' -> to.append('\t');
      case 'u' -> {
        return unicode(to);
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean unicode(StringBuilder to) {
    int code = 0;
    for (int i = 0; i < 4; i++) {
      int digit = at < text.length() ? Character.digit(text.charAt(at), 16) : -1;
      if (digit < 0 || text.charAt(at) > 'f') {
        return false;
      }
      code = code * 16 + digit;
      at++;
    }
    to.append((char) code);
    return true;
  }

  private void skipSpace() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }
}
