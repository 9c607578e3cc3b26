package dev.stagewright.registry.error;

/**
 * What is known of a 401 beyond the answer itself, by what was sent.
 *
 * @param kind whether credentials are missing or wrong, or the account is not allowed to
 * @param words what the user can do; empty for nothing
 */
public record Hint(ErrorKind kind, String words) {
  /** Nothing is known. */
  public static final Hint NONE = unauthorized("");

  /** Credentials are missing or wrong. */
  public static Hint unauthorized(String words) {
    return new Hint(ErrorKind.UNAUTHORIZED, words);
  }

  /** The account is known, and not allowed to. */
  public static Hint denied(String words) {
    return new Hint(ErrorKind.DENIED, words);
  }
}
