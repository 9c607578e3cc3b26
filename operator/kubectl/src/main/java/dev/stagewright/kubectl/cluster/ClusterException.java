package dev.stagewright.kubectl.cluster;

/** The cluster cannot be reached or rejects a request; the message says what to do. */
public final class ClusterException extends Exception {
  private static final long serialVersionUID = 1L;

  private static final String REQUIRED_PERMISSIONS =
      "reading builds requires the verbs get and list on imagebuilds.stagewright.dev and pods, and"
          + " get on pods/log";

  private final boolean isTransient;

  /**
   * A permanent error.
   *
   * @param message one sentence
   */
  public ClusterException(String message) {
    super(message);
    this.isTransient = false;
  }

  /**
   * A failed request.
   *
   * @param message one sentence
   * @param isTransient whether a retry may succeed
   */
  public ClusterException(String message, boolean isTransient, Throwable cause) {
    super(message, cause);
    this.isTransient = isTransient;
  }

  /** The message for a user without the RBAC permission for an action. */
  static String forbiddenMessage(String action, String namespace) {
    return "you are not allowed to "
        + action
        + " in namespace "
        + namespace
        + "; "
        + REQUIRED_PERMISSIONS;
  }

  /** Whether a retry may succeed. */
  public boolean isTransient() {
    return isTransient;
  }
}
