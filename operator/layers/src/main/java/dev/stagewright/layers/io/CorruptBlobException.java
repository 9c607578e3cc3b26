package dev.stagewright.layers.io;

import java.io.IOException;

/** A blob whose content is not what its descriptor says. */
public final class CorruptBlobException extends IOException {
  private static final long serialVersionUID = 1L;

  /** With the blob's digest, and what is wrong. */
  public CorruptBlobException(String message) {
    super(message);
  }
}
