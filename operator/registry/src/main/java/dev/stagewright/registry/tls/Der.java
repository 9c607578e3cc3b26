package dev.stagewright.registry.tls;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** The part of DER (ITU-T X.690) that is required to wrap a private key. */
final class Der {
  static final int INTEGER = 0x02;
  static final int OCTET_STRING = 0x04;
  static final int SEQUENCE = 0x30;

  /** The first context-specific, constructed tag: {@code [0]}. */
  static final int CONTEXT_0 = 0xa0;

  private static final int LONG_FORM = 0x80;

  private Der() {}

  /** Encodes an element. */
  static byte[] element(int tag, byte[]... parts) {
    var value = new ByteArrayOutputStream();
    for (var part : parts) {
      value.writeBytes(part);
    }
    var out = new ByteArrayOutputStream();
    out.write(tag);
    writeLength(out, value.size());
    out.writeBytes(value.toByteArray());
    return out.toByteArray();
  }

  private static void writeLength(ByteArrayOutputStream out, int length) {
    if (length < LONG_FORM) {
      out.write(length);
      return;
    }
    var bytes = (Integer.SIZE - Integer.numberOfLeadingZeros(length) + 7) / 8;
    out.write(LONG_FORM | bytes);
    for (var shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
      out.write(length >> shift);
    }
  }

  /**
   * Reads an element.
   *
   * @return the value of the element, as a view
   * @throws IllegalArgumentException if the element has another tag, or is truncated
   */
  static ByteBuffer readElement(ByteBuffer in, int tag) {
    if (!in.hasRemaining() || (in.get() & 0xff) != tag) {
      throw new IllegalArgumentException("unexpected element");
    }
    var length = length(in);
    if (length < 0 || length > in.remaining()) {
      throw new IllegalArgumentException("truncated");
    }
    var value = in.slice(in.position(), length);
    in.position(in.position() + length);
    return value;
  }

  private static int length(ByteBuffer in) {
    var first = in.get() & 0xff;
    if (first < LONG_FORM) {
      return first;
    }
    var length = 0;
    for (var left = first & ~LONG_FORM; left > 0; left--) {
      length = (length << 8) | (in.get() & 0xff);
    }
    return length;
  }

  static byte[] bytes(ByteBuffer view) {
    var bytes = new byte[view.remaining()];
    view.get(bytes);
    return bytes;
  }
}
