package dev.stagewright.registry.pull;

import dev.stagewright.layers.oci.Descriptor;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.registry.error.ErrorKind;
import dev.stagewright.registry.error.Operation;
import dev.stagewright.registry.error.RegistryException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;

/**
 * The bytes of a blob. The end of the stream is reported only if the bytes match the descriptor, so
 * bytes are valid only after the end was read.
 */
final class VerifyingInputStream extends FilterInputStream {
  private final Descriptor blob;
  private final Operation operation;
  private final MessageDigest digest = Digest.newMessageDigest();
  private long left;
  private boolean verified;

  VerifyingInputStream(InputStream in, Descriptor blob, Operation operation) {
    super(in);
    this.blob = blob;
    this.operation = operation;
    this.left = blob.size();
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    var read = readSome(buffer, offset, length);
    if (read < 0) {
      verify();
      return -1;
    }
    left -= read;
    if (left < 0) {
      throw mismatch("more than " + blob.size() + " bytes received");
    }
    digest.update(buffer, offset, read);
    return read;
  }

  private int readSome(byte[] buffer, int offset, int length) throws RegistryException {
    try {
      return in.read(buffer, offset, length);
    } catch (IOException e) {
      throw operation.failed(e);
    }
  }

  private void verify() throws RegistryException {
    if (verified) {
      return;
    }
    if (left > 0) {
      throw operation.failed(new IOException("the response ended " + left + " bytes early"));
    }
    var actual = Digest.of(digest);
    if (!actual.equals(blob.digest())) {
      throw mismatch("the digest of the received bytes is " + actual);
    }
    verified = true;
  }

  private RegistryException mismatch(String what) {
    return operation.failed(
        ErrorKind.DIGEST_MISMATCH, what, "the storage of the registry is damaged");
  }

  @Override
  public long skip(long count) throws IOException {
    return readNBytes((int) Math.min(count, 1 << 13)).length;
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
