package dev.stagewright.layers.tar;

import java.util.Arrays;

/**
 * A 512-byte header block with its POSIX <em>ustar</em> fields.
 *
 * @param bytes all 512 bytes
 */
@SuppressWarnings("ArrayRecordComponent") // A window on the bytes, never compared.
record HeaderBlock(byte[] bytes) {
  static final int SIZE = 512;

  /** A field, with its offset and its length in bytes. */
  enum Field {
    NAME(0, 100),
    MODE(100, 8),
    UID(108, 8),
    GID(116, 8),
    SIZE(124, 12),
    MTIME(136, 12),
    CHECKSUM(148, 8),
    TYPE(156, 1),
    LINK_NAME(157, 100),
    MAGIC(257, 8),
    MAJOR(329, 8),
    MINOR(337, 8),
    PREFIX(345, 155);

    final int offset;
    final int length;

    Field(int offset, int length) {
      this.offset = offset;
      this.length = length;
    }

    /** The largest number that fits in octal digits with a closing NUL. */
    long max() {
      return (1L << (3 * (length - 1))) - 1;
    }
  }

  static HeaderBlock empty() {
    return new HeaderBlock(new byte[SIZE]);
  }

  /** The number of zero bytes between content of this size and the next block. */
  static int padding(long contentSize) {
    return (int) (-contentSize & (SIZE - 1));
  }

  boolean isZero() {
    for (var b : bytes) {
      if (b != 0) {
        return false;
      }
    }
    return true;
  }

  char type() {
    return (char) (bytes[Field.TYPE.offset] & 0xff);
  }

  /** Returns the bytes of a field up to the first NUL. */
  String text(Field field) {
    var end = field.offset;
    while (end < field.offset + field.length && bytes[end] != 0) {
      end++;
    }
    return RawName.ofBytes(Arrays.copyOfRange(bytes, field.offset, end));
  }

  /** Sets a field, truncated to its length. */
  void set(Field field, String raw) {
    var value = RawName.bytes(raw);
    System.arraycopy(value, 0, bytes, field.offset, Math.min(value.length, field.length));
  }

  /** Sets a number as octal digits and a NUL; a number that does not fit becomes 0. */
  void set(Field field, long number) {
    var value = number < 0 || number > field.max() ? 0 : number;
    for (int i = field.offset + field.length - 2; i >= field.offset; i--) {
      bytes[i] = (byte) ('0' + (value & 7));
      value >>= 3;
    }
    bytes[field.offset + field.length - 1] = 0;
  }

  /**
   * Returns a number: octal digits between blanks or NULs, or GNU's base 256.
   *
   * @throws MalformedTarException if the number has another format, or does not fit into 64 bits
   */
  long number(Field field) throws MalformedTarException {
    if ((bytes[field.offset] & 0x80) != 0) {
      return base256(field);
    }
    var plain = octal(field);
    if (plain >= 0) {
      return plain;
    }
    var digits = text(field).trim();
    try {
      return digits.isEmpty() ? 0 : Long.parseUnsignedLong(digits, 8);
    } catch (NumberFormatException e) {
      throw new MalformedTarException(
          "tar header of " + text(Field.NAME) + ": " + field + " is not a number: " + digits);
    }
  }

  /** The number in the usual form, digits up to a NUL; negative for all other forms. */
  private long octal(Field field) {
    var value = 0L;
    for (var i = field.offset; i < field.offset + field.length; i++) {
      var digit = bytes[i] - '0';
      if (digit < 0 || digit > 7) {
        return bytes[i] == 0 ? value : -1;
      }
      value = value << 3 | digit;
    }
    return value;
  }

  private long base256(Field field) throws MalformedTarException {
    var negative = (bytes[field.offset] & 0x40) != 0;
    var last = field.offset + field.length;
    long value = negative ? -1 : 0;
    for (int i = field.offset; i < last; i++) {
      var octet = i == field.offset ? signExtended(bytes[i], negative) : bytes[i] & 0xff;
      if (last - i > Long.BYTES && octet != (negative ? 0xff : 0)) {
        throw new MalformedTarException(
            "tar header of " + text(Field.NAME) + ": " + field + " is out of range");
      }
      value = value << 8 | octet;
    }
    if (value < 0 != negative) {
      throw new MalformedTarException(
          "tar header of " + text(Field.NAME) + ": " + field + " is out of range");
    }
    return value;
  }

  /** Returns the first octet without its marker bit, which is replaced by the sign. */
  private static int signExtended(byte first, boolean negative) {
    return negative ? (first | 0x80) & 0xff : first & 0x7f;
  }

  /** Sets the checksum, after all other fields. */
  void seal() {
    set(Field.CHECKSUM, "        ");
    long sum = unsignedSum();
    // Six digits, a NUL and a blank: the only field with this format.
    for (int i = Field.CHECKSUM.offset + 5; i >= Field.CHECKSUM.offset; i--) {
      bytes[i] = (byte) ('0' + (sum & 7));
      sum >>= 3;
    }
    bytes[Field.CHECKSUM.offset + 6] = 0;
  }

  /**
   * Whether the checksum is valid, computed with unsigned bytes or, as some old programs did, with
   * signed ones.
   */
  boolean isSealed() throws MalformedTarException {
    var written = number(Field.CHECKSUM);
    // The checksum counts as blanks.
    var unsigned = unsignedSum();
    for (var i = Field.CHECKSUM.offset; i < Field.CHECKSUM.offset + Field.CHECKSUM.length; i++) {
      unsigned += ' ' - (bytes[i] & 0xff);
    }
    return written == unsigned || written == signedWithBlanks();
  }

  private int signedWithBlanks() {
    var signed = signedSum();
    for (var i = Field.CHECKSUM.offset; i < Field.CHECKSUM.offset + Field.CHECKSUM.length; i++) {
      signed += ' ' - bytes[i];
    }
    return signed;
  }

  private int unsignedSum() {
    var sum = 0;
    for (var b : bytes) {
      sum += b & 0xff;
    }
    return sum;
  }

  private int signedSum() {
    var sum = 0;
    for (var b : bytes) {
      sum += b;
    }
    return sum;
  }
}
