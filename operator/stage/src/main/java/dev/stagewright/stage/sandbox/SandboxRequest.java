package dev.stagewright.stage.sandbox;

/** Which sandbox a stage shall have. */
public enum SandboxRequest {
  /** The one that needs no privileges. */
  IN_PLACE("inPlace"),
  /** The one that keeps commands apart from all else in the Pod, or none. */
  USER_NAMESPACE("userNamespace"),
  /** That one where the Pod allows it, else the other. */
  AUTO("auto");

  private final String text;

  SandboxRequest(String text) {
    this.text = text;
  }

  /**
   * The request of this name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static SandboxRequest parse(String text) {
    for (var request : values()) {
      if (request.text.equals(text)) {
        return request;
      }
    }
    throw new IllegalArgumentException(
        "sandbox \"" + text + "\": expected inPlace, userNamespace or auto");
  }
}
