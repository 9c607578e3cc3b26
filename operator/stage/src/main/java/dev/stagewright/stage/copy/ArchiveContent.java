package dev.stagewright.stage.copy;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * The content of a decompressed archive. Reports all errors of the archive, for which decompressors
 * use various exceptions, as {@link UnreadableArchiveException}, and so separates them from errors
 * of the destination.
 */
final class ArchiveContent extends FilterInputStream {
  ArchiveContent(InputStream decompressed) {
    super(decompressed);
  }

  @Override
  public int read() throws IOException {
    try {
      return super.read();
    } catch (IOException | RuntimeException e) {
      throw new UnreadableArchiveException(e);
    }
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    try {
      return super.read(bytes, offset, length);
    } catch (IOException | RuntimeException e) {
      throw new UnreadableArchiveException(e);
    }
  }

  @Override
  public long skip(long count) throws IOException {
    try {
      return super.skip(count);
    } catch (IOException | RuntimeException e) {
      throw new UnreadableArchiveException(e);
    }
  }
}
