package dev.stagewright.kubectl.cluster;

/** There is no such ImageBuild. */
public final class NotFoundException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * What is missing.
   *
   * @param message one sentence
   */
  public NotFoundException(String message) {
    super(message);
  }
}
