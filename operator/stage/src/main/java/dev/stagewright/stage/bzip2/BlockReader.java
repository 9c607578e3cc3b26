package dev.stagewright.stage.bzip2;

import java.io.IOException;
import java.util.Arrays;

/** Reads the blocks of a bzip2 stream: Huffman codes, runs and moves to the front. */
final class BlockReader {
  private static final int GROUP = 50;
  private static final int UNIT = 100_000;

  private final BitReader in;
  private final int[] bytes;

  /**
   * For a stream.
   *
   * @param level 1 to 9, which is a block's most size in units of 100,000 bytes
   */
  BlockReader(BitReader in, int level) {
    this.in = in;
    this.bytes = new int[level * UNIT];
  }

  /** Reads what follows the mark of a block. The block before it is of no use any more. */
  Block read() throws IOException {
    var crc = in.bits(32);
    if (in.bit()) {
      throw new IOException("bzip2 data is of an old, randomised form");
    }
    var origin = in.bits(24);
    var front = usedBytes();
    var tables = new HuffmanTable[in.bits(3)];
    if (tables.length == 0) {
      throw new IOException("bzip2 data is damaged: no codes");
    }
    var selectors = selectors(tables.length);
    for (var i = 0; i < tables.length; i++) {
      tables[i] = HuffmanTable.read(in, front.length + 2);
    }
    return new Block(bytes, fill(front, tables, selectors), origin, crc);
  }

  /** The bytes that occur, in order. */
  private int[] usedBytes() throws IOException {
    var ranges = in.bits(16);
    var used = new int[256];
    var count = 0;
    for (var range = 0; range < 16; range++) {
      if ((ranges & (0x8000 >> range)) != 0) {
        var members = in.bits(16);
        for (var i = 0; i < 16; i++) {
          if ((members & (0x8000 >> i)) != 0) {
            used[count++] = range * 16 + i;
          }
        }
      }
    }
    return Arrays.copyOf(used, count);
  }

  /** Which table each group of fifty symbols uses. */
  private int[] selectors(int tables) throws IOException {
    var front = new int[tables];
    for (var i = 0; i < tables; i++) {
      front[i] = i;
    }
    var selectors = new int[in.bits(15)];
    for (var i = 0; i < selectors.length; i++) {
      var place = 0;
      while (in.bit()) {
        place++;
      }
      if (place >= tables) {
        throw new IOException("bzip2 data is damaged: no such table");
      }
      selectors[i] = moveToFront(front, place);
    }
    return selectors;
  }

  private int fill(int[] front, HuffmanTable[] tables, int[] selectors) throws IOException {
    var end = front.length + 1;
    var size = 0;
    var run = 0;
    var runUnit = 1;
    for (var read = 0; ; read++) {
      if (read / GROUP >= selectors.length) {
        throw new IOException("bzip2 data is damaged: a block without end");
      }
      var symbol = tables[selectors[read / GROUP]].symbol(in);
      if (symbol <= 1) {
        run = Math.min(run + (runUnit << symbol), bytes.length + 1);
        runUnit = Math.min(runUnit << 1, bytes.length + 1);
        continue;
      }
      size = repeat(front.length == 0 ? 0 : front[0], run, size);
      run = 0;
      runUnit = 1;
      if (symbol == end) {
        return size;
      }
      size = repeat(moveToFront(front, symbol - 1), 1, size);
    }
  }

  private int repeat(int value, int count, int size) throws IOException {
    if (size + count > bytes.length) {
      throw new IOException("bzip2 data is damaged: a block too long");
    }
    Arrays.fill(bytes, size, size + count, value);
    return size + count;
  }

  private static int moveToFront(int[] front, int place) {
    var value = front[place];
    System.arraycopy(front, 0, front, 1, place);
    front[0] = value;
    return value;
  }
}
