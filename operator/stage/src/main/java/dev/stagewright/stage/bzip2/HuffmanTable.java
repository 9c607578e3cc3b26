package dev.stagewright.stage.bzip2;

import java.io.IOException;

/** A canonical Huffman code: symbols of equal length follow each other in order. */
final class HuffmanTable {
  private static final int LONGEST = 20;

  private final int[] countOfLength = new int[LONGEST + 1];
  private final int[] symbols;

  /** The code in which each symbol has the length at its index. */
  private HuffmanTable(int[] lengths) {
    symbols = new int[lengths.length];
    var next = 0;
    for (var length = 1; length <= LONGEST; length++) {
      for (var symbol = 0; symbol < lengths.length; symbol++) {
        if (lengths[symbol] == length) {
          countOfLength[length]++;
          symbols[next++] = symbol;
        }
      }
    }
  }

  /** Reads a table of so many symbols. */
  static HuffmanTable read(BitReader in, int size) throws IOException {
    var lengths = new int[size];
    var length = in.bits(5);
    for (var symbol = 0; symbol < size; symbol++) {
      while (in.bit()) {
        length += in.bit() ? -1 : 1;
      }
      if (length < 1 || length > LONGEST) {
        throw new IOException("bzip2 data is damaged: a code of " + length + " bits");
      }
      lengths[symbol] = length;
    }
    return new HuffmanTable(lengths);
  }

  /** Reads a symbol. */
  int symbol(BitReader in) throws IOException {
    var code = 0;
    var first = 0;
    var index = 0;
    for (var length = 1; length <= LONGEST; length++) {
      code |= in.bits(1);
      var count = countOfLength[length];
      if (code - first < count) {
        return symbols[index + code - first];
      }
      index += count;
      first = (first + count) << 1;
      code <<= 1;
    }
    throw new IOException("bzip2 data is damaged: no such code");
  }
}
