package dev.stagewright.registry.error;

/**
 * A hint about a 401 response, from the authorization of the request.
 *
 * @param kind whether credentials are missing or wrong, or permissions are missing
 * @param text what the user can do; empty for none
 */
public record Hint(ErrorKind kind, String text) {
  /** No hint. */
  public static final Hint NONE = unauthorized("");

  /** Credentials are missing or wrong. */
  public static Hint unauthorized(String text) {
    return new Hint(ErrorKind.UNAUTHORIZED, text);
  }

  /** Permissions are missing. */
  public static Hint denied(String text) {
    return new Hint(ErrorKind.DENIED, text);
  }
}
