package dev.stagewright.stage.files;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** A stream of an exact length: truncates longer content and fills shorter content with zeros. */
final class ExactLengthInputStream extends FilterInputStream {
  private long left;

  ExactLengthInputStream(InputStream in, long length) {
    super(in);
    this.left = length;
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (left == 0) {
      return -1;
    }
    var wanted = (int) Math.min(length, left);
    var count = in.read(into, offset, wanted);
    if (count < 0) {
      Arrays.fill(into, offset, offset + wanted, (byte) 0);
      count = wanted;
    }
    left -= count;
    return count;
  }
}
