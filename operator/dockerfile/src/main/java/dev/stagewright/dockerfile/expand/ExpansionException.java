package dev.stagewright.dockerfile.expand;

/** A word that cannot be expanded; the message contains the word and the reason. */
public final class ExpansionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ExpansionException(String message) {
    super(message);
  }
}
