package dev.stagewright.stage.bzip2;

import java.io.IOException;

/** One block of a bzip2 stream, unpacked byte by byte: the inverse Burrows-Wheeler transform. */
final class Block {
  private static final int CRC_POLYNOMIAL = 0x04c11db7;
  private static final int RUN = 4;

  private final int[] links;
  private final int expectedCrc;
  private int position;
  private int left;
  private int crc = -1;
  private int last = -1;
  private int equal;
  private int repeat;

  /**
   * A block of transformed bytes.
   *
   * @param bytes the last column of the sorted rotations, one in the low bits of each number; is
   *     changed
   * @param size how many there are
   * @param origin which rotation is the text itself
   * @param expectedCrc checksum of the text
   */
  Block(int[] bytes, int size, int origin, int expectedCrc) throws IOException {
    this.links = bytes;
    this.left = size;
    this.expectedCrc = expectedCrc;
    if (origin < 0 || origin >= size) {
      throw new IOException("bzip2 data is damaged: no such origin");
    }
    var starts = new int[257];
    for (var i = 0; i < size; i++) {
      starts[(bytes[i] & 0xff) + 1]++;
    }
    for (var i = 0; i < 256; i++) {
      starts[i + 1] += starts[i];
    }
    for (var i = 0; i < size; i++) {
      links[starts[bytes[i] & 0xff]++] |= i << 8;
    }
    this.position = links[origin] >>> 8;
  }

  /** The next byte; -1 at the end. */
  int read() throws IOException {
    if (repeat > 0) {
      repeat--;
      return counted(last);
    }
    if (left == 0) {
      if (~crc != expectedCrc) {
        throw new IOException("bzip2 data is damaged: wrong checksum");
      }
      return -1;
    }
    var next = take();
    equal = next == last ? equal + 1 : 1;
    last = next;
    // After four equal bytes comes the number of further ones.
    if (equal == RUN && left > 0) {
      repeat = take();
      equal = 0;
    }
    return counted(next);
  }

  private int take() {
    var entry = links[position];
    position = entry >>> 8;
    left--;
    return entry & 0xff;
  }

  private int counted(int value) {
    crc ^= value << 24;
    for (var i = 0; i < 8; i++) {
      crc = crc < 0 ? (crc << 1) ^ CRC_POLYNOMIAL : crc << 1;
    }
    return value;
  }
}
