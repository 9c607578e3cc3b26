package dev.stagewright.stage.copy;

/** Files cannot be copied as asked; the message says why, for users. */
public final class CopyException extends Exception {
  private static final long serialVersionUID = 1L;

  /** With this message. */
  public CopyException(String message) {
    super(message);
  }
}
