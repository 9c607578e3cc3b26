package dev.stagewright.stage.ssh;

/** A private key cannot be used; the message says why, for users, and never what is in it. */
public final class KeyException extends Exception {
  private static final long serialVersionUID = 1L;

  KeyException(String message) {
    super(message);
  }
}
