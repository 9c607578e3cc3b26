package dev.stagewright.dockerfile.expand;

/** An error in a word; {@link WordExpander} adds the word to the message. */
final class SubstitutionException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String reason;

  SubstitutionException(String reason) {
    super(reason);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }
}
