package dev.stagewright.protocol;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Completes JSON whose end is missing: closes open objects and arrays, and drops incomplete values.
 */
final class TruncatedJson {
  private static final int UNICODE_ESCAPE = 6;

  private final String text;
  private final Deque<Character> open = new ArrayDeque<>();
  private int whole;
  private String closing = "";

  private TruncatedJson(String text) {
    this.text = text;
  }

  /**
   * Completes a JSON text. A truncated string is kept as far as possible; any other truncated value
   * is dropped.
   */
  static String complete(String text) {
    return new TruncatedJson(text).complete();
  }

  private String complete() {
    var at = 0;
    var isValue = false;
    while (at < text.length()) {
      var character = text.charAt(at);
      if (character == '"') {
        var end = endOfString(at + 1);
        if (end < 0) {
          return isValue || isInArray()
              ? text.substring(0, wholeCharacters(at + 1)) + '"' + closingOfOpen()
              : upToWhole();
        }
        at = end;
      } else if (character == '{' || character == '[') {
        open.push(character == '{' ? '}' : ']');
        remember(at + 1);
      } else if ((character == '}' || character == ']') && !open.isEmpty()) {
        open.pop();
        remember(at + 1);
      } else if (character == ',') {
        remember(at);
      }
      isValue = character == ':';
      at++;
    }
    return open.isEmpty() ? text : upToWhole();
  }

  private boolean isInArray() {
    return !open.isEmpty() && open.peek() == ']';
  }

  private void remember(int end) {
    whole = end;
    closing = closingOfOpen();
  }

  private String upToWhole() {
    return text.substring(0, whole) + closing;
  }

  private String closingOfOpen() {
    var all = new StringBuilder();
    open.forEach(all::append);
    return all.toString();
  }

  /** The index of the closing quotation mark of a string; negative if it is missing. */
  private int endOfString(int from) {
    for (var i = from; i < text.length(); i++) {
      if (text.charAt(i) == '\\') {
        i++;
      } else if (text.charAt(i) == '"') {
        return i;
      }
    }
    return -1;
  }

  /**
   * The end of the last complete character of a string: escape sequences and UTF-8 sequences may be
   * truncated.
   */
  private int wholeCharacters(int from) {
    var at = from;
    while (at < text.length()) {
      var length = text.charAt(at) != '\\' ? 1 : lengthOfEscape(at);
      if (at + length > text.length()) {
        break;
      }
      at += length;
    }
    while (at > from && text.charAt(at - 1) == '\ufffd') {
      at--;
    }
    return at;
  }

  private int lengthOfEscape(int at) {
    return at + 1 < text.length() && text.charAt(at + 1) == 'u' ? UNICODE_ESCAPE : 2;
  }
}
