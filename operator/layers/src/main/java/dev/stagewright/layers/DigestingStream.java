package dev.stagewright.layers;

import dev.stagewright.layers.oci.Digest;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;

/** An output stream that counts bytes and computes their digest. */
final class DigestingStream extends FilterOutputStream {
  private final MessageDigest sha256 = Digest.newMessageDigest();
  private long size;

  DigestingStream(OutputStream out) {
    super(out);
  }

  @Override
  public void write(int b) throws IOException {
    out.write(b);
    sha256.update((byte) b);
    size++;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    out.write(bytes, offset, length);
    sha256.update(bytes, offset, length);
    size += length;
  }

  long size() {
    return size;
  }

  /** The digest of all bytes; ends the computation. */
  Digest digest() {
    return Digest.of(sha256);
  }
}
