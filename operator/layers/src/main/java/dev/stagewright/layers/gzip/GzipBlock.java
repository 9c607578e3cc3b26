package dev.stagewright.layers.gzip;

import java.util.Arrays;
import java.util.zip.Deflater;

/**
 * A part of a gzip member that is compressed independently. It uses the end of the previous block
 * as its dictionary, which limits the loss of compression, and ends at a byte boundary, so that
 * blocks can be concatenated.
 */
final class GzipBlock implements AutoCloseable {
  static final int SIZE = 128 * 1024;

  /** The distance of deflate's back-references. */
  private static final int WINDOW = 32 * 1024;

  /** The size that a flush and stored data may add. */
  private static final int MARGIN = 1024;

  private final Deflater deflater;
  private final byte[] window = new byte[WINDOW];
  private final byte[] content = new byte[SIZE];
  private byte[] compressed = new byte[SIZE + MARGIN];
  private int windowLength;
  private int length;
  private int compressedLength;

  GzipBlock(int level) {
    deflater = new Deflater(level, true);
  }

  /** Resets the block to follow a full block. */
  void resetAfter(GzipBlock before) {
    System.arraycopy(before.content, SIZE - WINDOW, window, 0, WINDOW);
    windowLength = WINDOW;
    length = 0;
  }

  boolean isFull() {
    return length == SIZE;
  }

  /** Adds as many bytes as fit; returns their number. */
  int add(byte[] bytes, int offset, int count) {
    var taken = Math.min(count, SIZE - length);
    System.arraycopy(bytes, offset, content, length, taken);
    length += taken;
    return taken;
  }

  /**
   * Compresses the added bytes.
   *
   * @param last whether the block is the last one of the member
   */
  void compress(boolean last) {
    deflater.reset();
    if (windowLength > 0) {
      deflater.setDictionary(window, 0, windowLength);
    }
    deflater.setInput(content, 0, length);
    if (last) {
      deflater.finish();
    }
    compressedLength = 0;
    // There is more output as long as the buffer is full.
    while (true) {
      compressedLength +=
          deflater.deflate(
              compressed,
              compressedLength,
              compressed.length - compressedLength,
              Deflater.SYNC_FLUSH);
      if (compressedLength < compressed.length) {
        return;
      }
      compressed = Arrays.copyOf(compressed, compressed.length + SIZE);
    }
  }

  byte[] compressed() {
    return compressed;
  }

  int compressedLength() {
    return compressedLength;
  }

  @Override
  public void close() {
    deflater.end();
  }
}
