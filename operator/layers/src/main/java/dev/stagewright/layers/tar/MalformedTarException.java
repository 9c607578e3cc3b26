package dev.stagewright.layers.tar;

import java.io.IOException;

/** An archive or its index is truncated, corrupt, or uses an unsupported feature. */
public final class MalformedTarException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Creates an exception with the problem and its location. */
  public MalformedTarException(String message) {
    super(message);
  }
}
