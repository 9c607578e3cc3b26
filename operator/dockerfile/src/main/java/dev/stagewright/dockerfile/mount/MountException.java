package dev.stagewright.dockerfile.mount;

/** A mount that is written wrongly; the message is BuildKit's. */
public final class MountException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MountException(String message) {
    super(message);
  }
}
