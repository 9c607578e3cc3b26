package dev.stagewright.stage.sandbox;

/** The requested sandbox of a stage. */
public enum SandboxRequest {
  /** The sandbox without special privileges. */
  IN_PLACE("inPlace"),
  /**
   * The sandbox that isolates commands from the rest of the Pod; it is an error if it is not
   * available.
   */
  USER_NAMESPACE("userNamespace"),
  /** The isolating sandbox if the Pod allows it, otherwise the one without special privileges. */
  AUTO("auto");

  private final String text;

  SandboxRequest(String text) {
    this.text = text;
  }

  /**
   * The request with this name.
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
