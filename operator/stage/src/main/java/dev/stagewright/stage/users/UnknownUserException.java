package dev.stagewright.stage.users;

/** A user or group does not exist in the stage. */
public final class UnknownUserException extends Exception {
  private static final long serialVersionUID = 1L;

  UnknownUserException(String message) {
    super(message);
  }
}
