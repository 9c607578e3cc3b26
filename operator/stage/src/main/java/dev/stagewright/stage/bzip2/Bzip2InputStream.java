package dev.stagewright.stage.bzip2;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Optional;

/**
 * Decompresses bzip2, one stream after the other as {@code bzip2} and its parallel kin write it.
 */
public final class Bzip2InputStream extends InputStream {
  private static final int BLOCK_MARK = 0x314159;
  private static final int BLOCK_MARK_REST = 0x265359;
  private static final int END_MARK = 0x177245;
  private static final int END_MARK_REST = 0x385090;

  private final InputStream compressed;
  private final BitReader in;
  private BlockReader blocks;
  private Optional<Block> block;

  /**
   * Reads this, which should be buffered.
   *
   * @throws IOException if it does not begin as bzip2 does
   */
  public Bzip2InputStream(InputStream compressed) throws IOException {
    this.compressed = compressed;
    this.in = new BitReader(compressed);
    this.blocks = header();
    this.block = nextBlock();
  }

  private BlockReader header() throws IOException {
    var level = in.bits(24) == 0x425a68 ? in.bits(8) - '0' : 0;
    if (level < 1 || level > 9) {
      throw new IOException("not bzip2 data");
    }
    return new BlockReader(in, level);
  }

  private Optional<Block> nextBlock() throws IOException {
    while (true) {
      var mark = in.bits(24);
      var rest = in.bits(24);
      if (mark == BLOCK_MARK && rest == BLOCK_MARK_REST) {
        return Optional.of(blocks.read());
      } else if (mark != END_MARK || rest != END_MARK_REST) {
        throw new IOException("bzip2 data is damaged: neither a block nor the end");
      }
      // Each block was checked by a checksum of its own; that of the stream says no more.
      in.bits(32);
      if (!in.nextByteIsThere()) {
        return Optional.empty();
      }
      blocks = header();
    }
  }

  @Override
  public int read() throws IOException {
    while (block.isPresent()) {
      var next = block.get().read();
      if (next >= 0) {
        return next;
      }
      block = nextBlock();
    }
    return -1;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, into.length);
    for (var i = 0; i < length; i++) {
      var next = read();
      if (next < 0) {
        return i == 0 ? -1 : i;
      }
      into[offset + i] = (byte) next;
    }
    return length;
  }

  @Override
  public void close() throws IOException {
    compressed.close();
  }
}
