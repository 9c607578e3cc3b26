package dev.stagewright.protocol;

import java.util.Arrays;
import java.util.Optional;

/** The sandbox that isolates the instructions of a stage from the rest of its Pod. */
public enum SandboxKind {
  /** The root of the container, with the default capabilities of the container runtime. */
  IN_PLACE("inPlace"),
  /** A mount namespace on an overlay, in a Pod with its own user namespace. */
  USER_NAMESPACE("userNamespace");

  private final String apiName;

  SandboxKind(String apiName) {
    this.apiName = apiName;
  }

  /** The name in the API and on the command line. */
  public String apiName() {
    return apiName;
  }

  /** The kind with this name; empty if there is none. */
  public static Optional<SandboxKind> named(String apiName) {
    return Arrays.stream(values()).filter(kind -> kind.apiName.equals(apiName)).findFirst();
  }
}
