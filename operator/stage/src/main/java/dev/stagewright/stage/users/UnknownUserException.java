package dev.stagewright.stage.users;

/** A user or group is named that the stage's root does not know. */
public final class UnknownUserException extends Exception {
  private static final long serialVersionUID = 1L;

  UnknownUserException(String message) {
    super(message);
  }
}
