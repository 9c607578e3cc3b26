package dev.stagewright.worker.source.archive;

import dev.stagewright.layers.tar.RawName;
import dev.stagewright.layers.tar.TarEntry;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * The content of an entry, which must have the size that the entry states. Reports all errors of
 * the archive, for which decompressors use various exceptions, as {@link CorruptArchiveException},
 * and so separates them from errors of the disk.
 */
final class EntryContent extends FilterInputStream {
  private final TarEntry entry;
  private long read;

  EntryContent(InputStream content, TarEntry entry) {
    super(content);
    this.entry = entry;
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int count;
    try {
      count = in.read(into, offset, length);
    } catch (IOException | RuntimeException e) {
      throw new CorruptArchiveException(e);
    }
    read += Math.max(0, count);
    if (read > entry.size() || (count < 0 && read < entry.size())) {
      throw new CorruptArchiveException(
          new IOException(
              "the entry %s has %s bytes than its header states"
                  .formatted(RawName.text(entry.name()), count < 0 ? "fewer" : "more")));
    }
    return count;
  }

  /** The archive ends too early, or cannot be decompressed. */
  static final class CorruptArchiveException extends IOException {
    private static final long serialVersionUID = 1L;

    CorruptArchiveException(Exception cause) {
      super(cause.getMessage() == null ? cause.toString() : cause.getMessage(), cause);
    }
  }
}
