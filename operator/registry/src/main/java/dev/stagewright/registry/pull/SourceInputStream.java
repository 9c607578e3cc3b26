package dev.stagewright.registry.pull;

import dev.stagewright.registry.error.RegistryException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * The bytes of a blob that is pushed elsewhere: failures to read them are marked as source
 * failures.
 */
public final class SourceInputStream extends FilterInputStream {
  /** Creates a stream. */
  public SourceInputStream(InputStream in) {
    super(in);
  }

  @Override
  public int read() throws IOException {
    try {
      return super.read();
    } catch (RegistryException e) {
      throw e.asSourceFailure();
    }
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    try {
      return super.read(buffer, offset, length);
    } catch (RegistryException e) {
      throw e.asSourceFailure();
    }
  }
}
