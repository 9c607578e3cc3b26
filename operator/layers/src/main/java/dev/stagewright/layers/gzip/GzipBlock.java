package dev.stagewright.layers.gzip;

import java.util.Arrays;
import java.util.zip.Deflater;

/**
 * A piece of a gzip member that is compressed on its own. It knows the end of the piece before it,
 * so that little is lost by the cut, and ends on a byte boundary, so that pieces can be put one
 * after the other.
 */
final class GzipBlock implements AutoCloseable {
  static final int SIZE = 128 * 1024;

  /** As far back as deflate can refer. */
  private static final int WINDOW = 32 * 1024;

  /** What a flush and stored data may add. */
  private static final int MARGIN = 1024;

  private final Deflater deflater;
  private final byte[] window = new byte[WINDOW];
  private final byte[] content = new byte[SIZE];
  private byte[] packed = new byte[SIZE + MARGIN];
  private int windowLength;
  private int length;
  private int packedLength;

  GzipBlock(int level) {
    deflater = new Deflater(level, true);
  }

  /** Starts anew, after a block that is full. */
  void beginAfter(GzipBlock before) {
    System.arraycopy(before.content, SIZE - WINDOW, window, 0, WINDOW);
    windowLength = WINDOW;
    length = 0;
  }

  boolean isFull() {
    return length == SIZE;
  }

  /** Takes as much as there is room for; returns how much that was. */
  int add(byte[] bytes, int offset, int count) {
    var taken = Math.min(count, SIZE - length);
    System.arraycopy(bytes, offset, content, length, taken);
    length += taken;
    return taken;
  }

  /**
   * Compresses what was added.
   *
   * @param last whether the member ends here
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
    packedLength = 0;
    // There is more to come for as long as all room is used.
    while (true) {
      packedLength +=
          deflater.deflate(packed, packedLength, packed.length - packedLength, Deflater.SYNC_FLUSH);
      if (packedLength < packed.length) {
        return;
      }
      packed = Arrays.copyOf(packed, packed.length + SIZE);
    }
  }

  byte[] packed() {
    return packed;
  }

  int packedLength() {
    return packedLength;
  }

  @Override
  public void close() {
    deflater.end();
  }
}
