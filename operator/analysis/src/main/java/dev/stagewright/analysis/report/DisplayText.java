package dev.stagewright.analysis.report;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Text for people and for other programs. Paths of files are strings of bytes; here, they become
 * characters wherever the bytes are UTF-8, also in the middle of a message.
 */
public final class DisplayText {
  private static final Pattern BYTES = Pattern.compile("[\u0080-\u00ff]{2,}");
  private static final String REPLACEMENT = "\ufffd";
  private static final int ZERO_WIDTH_NON_JOINER = 0x200c;
  private static final int ZERO_WIDTH_JOINER = 0x200d;

  private DisplayText() {}

  /** Decodes the bytes in a text; bytes that are not UTF-8 stay as they are. */
  public static String decode(String text) {
    return isAscii(text)
        ? text
        : BYTES.matcher(text).replaceAll(match -> decodeBytes(match.group()));
  }

  private static String decodeBytes(String bytes) {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1)))
          .toString();
    } catch (CharacterCodingException e) {
      return bytes;
    }
  }

  /**
   * Decodes a text and makes its control characters visible, and those that change the direction of
   * their neighbors: a file name must not look like another one. Line breaks are kept.
   */
  public static String printable(String text) {
    var decoded = decode(text);
    if (decoded.chars().allMatch(c -> c >= ' ' && c < 0x7f)) {
      return decoded;
    }
    var out = new StringBuilder();
    decoded
        .codePoints()
        .forEach(c -> {
          if (isPrintable(c)) {
            out.appendCodePoint(c);
          } else {
            out.append(REPLACEMENT);
          }
        });
    return out.toString();
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c < 0x80);
  }

  private static boolean isPrintable(int c) {
    if (c == '\n' || c == '\t' || c == ZERO_WIDTH_JOINER || c == ZERO_WIDTH_NON_JOINER) {
      return true;
    }
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
