package dev.stagewright.stage.ssh;

import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Reads values in the encoding of RFC 4251 §5. */
final class WireReader {
  private final ByteBuffer in;

  WireReader(byte[] bytes) {
    this.in = ByteBuffer.wrap(bytes);
  }

  /**
   * The next byte.
   *
   * @throws BufferUnderflowException at the end, like all methods of this class
   */
  byte octet() {
    return in.get();
  }

  int int32() {
    return in.getInt();
  }

  byte[] string() {
    var length = in.getInt();
    if (length < 0 || length > in.remaining()) {
      throw new BufferUnderflowException();
    }
    var bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }

  String text() {
    return new String(string(), StandardCharsets.UTF_8);
  }

  BigInteger integer() {
    var bytes = string();
    return bytes.length == 0 ? BigInteger.ZERO : new BigInteger(bytes);
  }

  /** Skips these bytes if they come next, and returns whether they do. */
  boolean skip(byte[] expected) {
    if (in.remaining() < expected.length) {
      return false;
    }
    for (var i = 0; i < expected.length; i++) {
      if (in.get(in.position() + i) != expected[i]) {
        return false;
      }
    }
    in.position(in.position() + expected.length);
    return true;
  }
}
