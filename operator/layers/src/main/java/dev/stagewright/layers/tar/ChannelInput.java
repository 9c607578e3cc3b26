package dev.stagewright.layers.tar;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * An input stream that reads a file from a position, without changing the position of the channel.
 */
final class ChannelInput extends InputStream {
  private final FileChannel channel;
  private long position;

  ChannelInput(FileChannel channel, long position) {
    this.channel = channel;
    this.position = position;
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    var count = channel.read(ByteBuffer.wrap(into, offset, length), position);
    if (count > 0) {
      position += count;
    }
    return count;
  }

  @Override
  public long skip(long count) throws IOException {
    var skipped = Math.max(0, Math.min(count, channel.size() - position));
    position += skipped;
    return skipped;
  }
}
