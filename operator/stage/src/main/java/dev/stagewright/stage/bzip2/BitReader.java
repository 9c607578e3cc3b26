package dev.stagewright.stage.bzip2;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Reads bits, the most significant of a byte first. */
final class BitReader {
  private final InputStream in;
  private int current;
  private int left;

  BitReader(InputStream in) {
    this.in = in;
  }

  /**
   * Reads a number.
   *
   * @param count of its bits, at most 32
   * @throws EOFException if the input ends before
   */
  int bits(int count) throws IOException {
    var value = 0;
    for (var missing = count; missing > 0; ) {
      if (left == 0) {
        current = in.read();
        if (current < 0) {
          throw new EOFException("bzip2 data ends early");
        }
        left = 8;
      }
      var taken = Math.min(missing, left);
      left -= taken;
      value = (value << taken) | ((current >> left) & ((1 << taken) - 1));
      missing -= taken;
    }
    return value;
  }

  /** Reads one bit. */
  boolean bit() throws IOException {
    return bits(1) == 1;
  }

  /** Goes on to the next whole byte; tells whether there is one. */
  boolean nextByteIsThere() throws IOException {
    left = 0;
    current = in.read();
    left = current < 0 ? 0 : 8;
    return current >= 0;
  }
}
