package dev.stagewright.layers.tar;

import java.nio.charset.StandardCharsets;

/** Converts between text and raw names, in which each char is a byte. */
public final class RawName {
  private RawName() {}

  /** Returns the raw name of a text: the bytes of its UTF-8 form, one per char. */
  public static String of(String text) {
    return ofBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Returns the raw name of bytes. */
  public static String ofBytes(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** Returns the text of a raw name for users: bytes that are not UTF-8 become U+FFFD. */
  public static String text(String raw) {
    return new String(bytes(raw), StandardCharsets.UTF_8);
  }

  /**
   * Returns the bytes of a raw name.
   *
   * @throws IllegalArgumentException if a char is larger than 255, as in ordinary text
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
