package dev.stagewright.e2e.conformance.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.math.BigInteger;
import java.util.Arrays;

/** The fields of a 512-byte header block in the format of POSIX ustar and GNU tar. */
final class TarHeader {
  static final int SIZE = 512;

  private final byte[] block;

  /** Uses a block without copying it. */
  TarHeader(byte[] block) {
    this.block = block;
  }

  boolean isEmpty() {
    for (var b : block) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }

  boolean checksumFits() {
    var sum = 0;
    for (var i = 0; i < SIZE; i++) {
      sum += i >= 148 && i < 156 ? ' ' : block[i] & 0xff;
    }
    return text(148, 8).strip().matches("[0-7]+") && sum == number(148, 8);
  }

  char type() {
    return block[156] == 0 ? '0' : (char) block[156];
  }

  /** The name, with the prefix if the format is ustar: GNU tar stores times in that field. */
  String name() {
    var name = text(0, 100);
    var prefix = text(257, 8).equals("ustar") ? text(345, 155) : "";
    return prefix.isEmpty() ? name : prefix + "/" + name;
  }

  String text(int offset, int length) {
    var end = offset;
    while (end < offset + length && block[end] != 0) {
      end++;
    }
    return new String(block, offset, end - offset, ISO_8859_1);
  }

  /** An octal number, or a base-256 number if the first bit is set. */
  long number(int offset, int length) {
    if ((block[offset] & 0x80) != 0) {
      var bytes = Arrays.copyOfRange(block, offset, offset + length);
      // The second bit is the sign.
      bytes[0] = (byte) ((bytes[0] & 0x40) != 0 ? bytes[0] : bytes[0] & 0x3f);
      return new BigInteger(bytes).longValueExact();
    }
    var digits = text(offset, length).strip();
    return digits.isEmpty() ? 0 : Long.parseLong(digits, 8);
  }
}
