package dev.stagewright.kubectl.context;

/** The build context or the Dockerfile cannot be used; the message says why and what to do. */
public final class ContextException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * An exception for the user.
   *
   * @param message one sentence
   */
  public ContextException(String message) {
    super(message);
  }
}
