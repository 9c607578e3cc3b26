package dev.stagewright.cache.record;

/** A record cannot be used; the message says why, as a clause. */
final class UnusableException extends Exception {
  private static final long serialVersionUID = 1L;

  UnusableException(String message) {
    super(message);
  }
}
