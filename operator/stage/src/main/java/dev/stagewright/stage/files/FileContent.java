package dev.stagewright.stage.files;

import dev.stagewright.stage.linux.FileAttributes;
import dev.stagewright.stage.linux.OpenFile;
import java.io.FilterInputStream;
import java.io.IOException;
import java.util.Arrays;

/**
 * The content of a file with an exact length: truncates longer content and fills shorter content
 * with zeros.
 */
public final class FileContent extends FilterInputStream {
  private final FileAttributes attributes;
  private long left;

  FileContent(OpenFile file, long length) {
    super(file);
    this.attributes = file.attributes();
    this.left = length;
  }

  /** The extended attributes of the file, which can be read until it is closed. */
  public FileAttributes attributes() {
    return attributes;
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
