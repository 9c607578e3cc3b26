package dev.stagewright.stage.copy;

/** An instruction cannot copy its files; the message is for users. */
public final class CopyException extends Exception {
  private static final long serialVersionUID = 1L;

  /** An error with this message. */
  public CopyException(String message) {
    super(message);
  }
}
