package dev.stagewright.protocol;

import java.util.Arrays;
import java.util.Optional;

/** How a stage's instructions are kept apart from what else is in its Pod. */
public enum SandboxKind {
  /** In the container's own root, with the container runtime's default capabilities. */
  IN_PLACE("inPlace"),
  /** In a mount namespace over an overlay, in a Pod with a user namespace of its own. */
  USER_NAMESPACE("userNamespace");

  private final String apiName;

  SandboxKind(String apiName) {
    this.apiName = apiName;
  }

  /** As the API and the command line have it. */
  public String apiName() {
    return apiName;
  }

  /** The kind of this name; empty for any other text. */
  public static Optional<SandboxKind> named(String apiName) {
    return Arrays.stream(values()).filter(kind -> kind.apiName.equals(apiName)).findFirst();
  }
}
