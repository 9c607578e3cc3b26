package dev.stagewright.stage.base;

import dev.stagewright.layers.oci.Digest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/** The uncompressed content of a layer: counts and hashes all bytes, including skipped bytes. */
final class LayerInput extends FilterInputStream {
  private static final int BUFFER = 16 * 1024;

  private final UnpackBudget budget;
  private final MessageDigest digest = Digest.newMessageDigest();

  LayerInput(InputStream uncompressed, UnpackBudget budget) {
    super(uncompressed);
    this.budget = budget;
  }

  /** The digest of the bytes until now. */
  Digest digest() {
    return Digest.of(digest);
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    var count = in.read(bytes, offset, length);
    if (count > 0) {
      budget.addBytes(count);
      digest.update(bytes, offset, count);
    }
    return count;
  }

  @Override
  public long skip(long count) throws IOException {
    var skipped = 0L;
    var buffer = new byte[BUFFER];
    while (skipped < count) {
      var read = read(buffer, 0, (int) Math.min(count - skipped, BUFFER));
      if (read < 0) {
        break;
      }
      skipped += read;
    }
    return skipped;
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
