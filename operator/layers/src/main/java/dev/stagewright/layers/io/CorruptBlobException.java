package dev.stagewright.layers.io;

import java.io.IOException;

/** A blob does not match its descriptor. */
public final class CorruptBlobException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Creates an exception with the digest of the blob, and the problem. */
  public CorruptBlobException(String message) {
    super(message);
  }
}
