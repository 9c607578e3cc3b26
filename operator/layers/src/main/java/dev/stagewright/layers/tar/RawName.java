package dev.stagewright.layers.tar;

import java.nio.charset.StandardCharsets;

/** Converts between text and raw names, whose chars are bytes. */
public final class RawName {
  private RawName() {}

  /** The raw name of this text: the bytes of its UTF-8 form, one a char. */
  public static String of(String text) {
    return ofBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The raw name of these bytes. */
  public static String ofBytes(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** The text of a raw name for people: bytes that are not UTF-8 become U+FFFD. */
  public static String text(String raw) {
    return new String(bytes(raw), StandardCharsets.UTF_8);
  }

  /**
   * The bytes of a raw name.
   *
   * @throws IllegalArgumentException if a char is above 255: then it is text, not a raw name
   */
  public static byte[] bytes(String raw) {
    var bytes = new byte[raw.length()];
    for (int i = 0; i < bytes.length; i++) {
      var c = raw.charAt(i);
      if (c > 0xff) {
        throw new IllegalArgumentException("not a raw name: " + raw);
      }
      bytes[i] = (byte) c;
    }
    return bytes;
  }
}
