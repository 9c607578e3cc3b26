package dev.stagewright.dockerfile.mount;

/** A mount that is written wrongly; the message is BuildKit's. */
public final class MountSyntaxException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MountSyntaxException(String message) {
    super(message);
  }
}
