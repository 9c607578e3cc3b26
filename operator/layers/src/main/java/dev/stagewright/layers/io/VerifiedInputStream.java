package dev.stagewright.layers.io;

import dev.stagewright.layers.oci.Descriptor;
import dev.stagewright.layers.oci.Digest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/**
 * The content of a blob, verified against its descriptor while it is read: the end of the stream is
 * reported only if size and digest match. Content is verified only when the end was read.
 */
public final class VerifiedInputStream extends FilterInputStream {
  private final Descriptor expected;
  private final MessageDigest sha256 = Digest.newMessageDigest();
  private long size;
  private boolean verified;

  /** Creates a stream that verifies another one. */
  public VerifiedInputStream(InputStream in, Descriptor expected) {
    super(in);
    this.expected = expected;
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  /**
   * @throws CorruptBlobException at the end, if the content does not match, or as soon as it is too
   *     long
   */
  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    var count = in.read(into, offset, length);
    if (count > 0) {
      sha256.update(into, offset, count);
      size += count;
    }
    if (size > expected.size() || (count < 0 && size < expected.size())) {
      throw new CorruptBlobException(
          "blob %s has %s%d bytes instead of %d"
              .formatted(expected.digest(), count < 0 ? "" : "at least ", size, expected.size()));
    }
    if (count < 0 && !verified) {
      verifyDigest();
    }
    return count;
  }

  private void verifyDigest() throws IOException {
    verified = true;
    var actual = Digest.of(sha256);
    if (!actual.equals(expected.digest())) {
      throw new CorruptBlobException(
          "blob %s has the digest %s".formatted(expected.digest(), actual));
    }
  }

  /** Skips by reading, because skipped bytes are verified, too. */
  @Override
  public long skip(long count) throws IOException {
    var remaining = count;
    var buffer = new byte[(int) Math.min(count < 0 ? 0 : count, 8192)];
    while (remaining > 0) {
      var read = read(buffer, 0, (int) Math.min(remaining, buffer.length));
      if (read < 0) {
        break;
      }
      remaining -= read;
    }
    return count - remaining;
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
