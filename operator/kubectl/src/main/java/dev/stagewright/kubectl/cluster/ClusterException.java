package dev.stagewright.kubectl.cluster;

/** The cluster does not answer, or refuses to; the message tells users what to do. */
public final class ClusterException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean passing;

  /**
   * What will not go well however often it is tried.
   *
   * @param message one sentence
   */
  public ClusterException(String message) {
    super(message);
    this.passing = false;
  }

  /**
   * An answer that did not come.
   *
   * @param message one sentence
   * @param passing whether it may come when asked again
   */
  public ClusterException(String message, boolean passing, Throwable cause) {
    super(message, cause);
    this.passing = passing;
  }

  /** Whether it may go well when tried again. */
  public boolean isPassing() {
    return passing;
  }
}
