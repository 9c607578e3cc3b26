package dev.stagewright.kubectl.cluster;

/** An ImageBuild or a stage of it does not exist. */
public final class NotFoundException extends Exception {
  private static final long serialVersionUID = 1L;

  /**
   * An exception for a missing object.
   *
   * @param message one sentence
   */
  public NotFoundException(String message) {
    super(message);
  }
}
