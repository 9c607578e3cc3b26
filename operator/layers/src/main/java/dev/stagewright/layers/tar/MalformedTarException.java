package dev.stagewright.layers.tar;

import java.io.IOException;

/** An archive, or an archive's index, that is cut short, damaged, or uses what we do not read. */
public final class MalformedTarException extends IOException {
  private static final long serialVersionUID = 1L;

  /** With what is wrong, and where. */
  public MalformedTarException(String message) {
    super(message);
  }
}
