package dev.stagewright.stage.run;

/** A command cannot be executed; the message is for users. */
final class CommandException extends Exception {
  private static final long serialVersionUID = 1L;

  CommandException(String message) {
    super(message);
  }
}
