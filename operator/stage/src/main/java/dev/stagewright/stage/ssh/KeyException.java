package dev.stagewright.stage.ssh;

/** A private key cannot be used; the message is for users and never contains parts of the key. */
public final class KeyException extends Exception {
  private static final long serialVersionUID = 1L;

  KeyException(String message) {
    super(message);
  }
}
