package dev.stagewright.dockerfile.mount;

/** A syntax error in a mount, with the message of BuildKit. */
public final class MountSyntaxException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MountSyntaxException(String message) {
    super(message);
  }
}
