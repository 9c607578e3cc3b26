package dev.stagewright.protocol;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Reduces text from other sources (output of commands, responses of servers, Dockerfiles) to
 * printable characters and a limited size in UTF-8, for status, Events and termination messages.
 * Limits are bytes, since Kubernetes counts bytes.
 *
 * <p>Terminal control sequences are removed with their arguments. A carriage return restarts the
 * line, as on a terminal, so that only the last state of a progress bar remains. Characters that
 * change the direction or the look of their neighbors are removed; invalid Unicode becomes U+FFFD.
 */
public final class PrintableText {
  /** The end of a truncated text. */
  static final String CUT = " … (cut)";

  private static final String ELLIPSIS = "…";

  /** CSI with its parameters; OSC, DCS, SOS, PM and APC with their text; all other escapes. */
  private static final Pattern SEQUENCE =
      Pattern.compile(
          "(?:\u001b\\[|\u009b)[0-?]*+[ -/]*+[@-~]?"
              + "|(?:\u001b[\\]PX^_]|[\u0090\u0098\u009d-\u009f])"
              + "(?:[^\u0007\u001b\u009c\n]*+(?:\u0007|\u001b\\\\|\u009c))?"
              + "|\u001b[ -/]*+[0-~]?");

  private static final int ZERO_WIDTH_NON_JOINER = 0x200c;
  private static final int ZERO_WIDTH_JOINER = 0x200d;
  private static final int REPLACEMENT = 0xfffd;

  private PrintableText() {}

  /**
   * Reduces a text to one line: line breaks become spaces.
   *
   * @param limit largest size in bytes; a longer line is truncated and ends with {@code …}
   */
  public static String line(String text, int limit) {
    var lines = text.split("\n", -1);
    var line =
        lines.length == 1
            ? clean(text)
            : Arrays.stream(lines)
                .map(PrintableText::clean)
                .filter(part -> !part.isBlank())
                .collect(Collectors.joining(" "));
    return cut(line, limit, ELLIPSIS);
  }

  /**
   * The first line of a script that is not blank, as the name of the script in a message; {@code …}
   * indicates more lines.
   *
   * @param limit bytes
   */
  public static String title(String text, int limit) {
    var lines = text.lines().map(PrintableText::clean).filter(line -> !line.isBlank()).toList();
    if (lines.isEmpty()) {
      return "";
    }
    var first = cut(lines.getFirst(), limit, ELLIPSIS);
    return lines.size() > 1 && !first.endsWith(ELLIPSIS)
        ? cut(first, limit - bytes(" " + ELLIPSIS), "") + " " + ELLIPSIS
        : first;
  }

  /**
   * Reduces a message, which may have several lines.
   *
   * @param limit largest size in bytes; a longer message is truncated and ends with {@code … (cut)}
   */
  public static String message(String text, int limit) {
    var lines = text.split("\n", -1);
    for (var i = 0; i < lines.length; i++) {
      lines[i] = clean(lines[i]);
    }
    return cut(String.join("\n", lines), limit, CUT);
  }

  /**
   * The last lines of an output.
   *
   * @param lines largest number of lines
   * @param lineLimit largest size of a line in bytes; a longer line is truncated and ends with
   *     {@code …}
   * @param limit largest size of all lines in bytes
   */
  public static List<String> tail(List<String> output, int lines, int lineLimit, int limit) {
    var tail = new ArrayList<String>();
    var left = limit;
    for (var line : output.reversed()) {
      var shown = cut(clean(line), lineLimit, ELLIPSIS);
      left -= bytes(shown) + 1;
      if (tail.size() == lines || left < 0) {
        break;
      }
      // Skips blank lines at the end and lines that only moved the cursor.
      if (!shown.isBlank() || (!tail.isEmpty() && line.isBlank())) {
        tail.add(shown);
      }
    }
    return List.copyOf(tail.reversed());
  }

  /** Removes everything that cannot be printed from a line. */
  private static String clean(String line) {
    if (isClean(line)) {
      return line;
    }
    var visible = new StringBuilder();
    for (var part : SEQUENCE.matcher(line).replaceAll("").split("\r", -1)) {
      var cleaned = printable(part);
      if (!cleaned.isBlank() || visible.isEmpty()) {
        visible.setLength(0);
        visible.append(cleaned);
      }
    }
    return visible.toString();
  }

  private static boolean isClean(String line) {
    return line.chars().allMatch(c -> c >= ' ' && c < 0x7f);
  }

  private static String printable(String text) {
    var kept = new StringBuilder(text.length());
    text.codePoints()
        .forEach(c -> {
          if (c == '\b') {
            kept.setLength(kept.isEmpty() ? 0 : kept.offsetByCodePoints(kept.length(), -1));
          } else if (c == '\t' || isSeparator(c)) {
            kept.append(' ');
          } else if (Character.getType(c) == Character.SURROGATE) {
            kept.appendCodePoint(REPLACEMENT);
          } else if (isPrintable(c)) {
            kept.appendCodePoint(c);
          }
        });
    return kept.toString();
  }

  private static boolean isSeparator(int c) {
    var type = Character.getType(c);
    return type == Character.LINE_SEPARATOR || type == Character.PARAGRAPH_SEPARATOR;
  }

  /** Joiners are allowed: they only change the look of letters in some scripts. */
  private static boolean isPrintable(int c) {
    var type = Character.getType(c);
    return c == ZERO_WIDTH_JOINER
        || c == ZERO_WIDTH_NON_JOINER
        || (type != Character.CONTROL && type != Character.FORMAT && !isNoncharacter(c));
  }

  private static boolean isNoncharacter(int c) {
    return (c & 0xfffe) == 0xfffe || (c >= 0xfdd0 && c <= 0xfdef);
  }

  /** Truncates a text between two characters, so that the text and its end are within the limit. */
  private static String cut(String text, int limit, String end) {
    if (text.length() <= limit / 3 || bytes(text) <= limit) {
      return text;
    }
    var left = limit - bytes(end);
    var at = 0;
    while (at < text.length()) {
      var c = text.codePointAt(at);
      left -= bytes(c);
      if (left < 0) {
        break;
      }
      at += Character.charCount(c);
    }
    return text.substring(0, at) + end;
  }

  private static int bytes(int c) {
    if (c < 0x80) {
      return 1;
    }
    return c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
