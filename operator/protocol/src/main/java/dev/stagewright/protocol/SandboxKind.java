package dev.stagewright.protocol;

import java.util.Optional;
import java.util.Set;

/** The sandbox that isolates the instructions of a stage from the rest of their container. */
public enum SandboxKind {
  /** The root of the container, with the default capabilities of the container runtime. */
  IN_PLACE("inPlace"),
  /** A mount namespace on an overlay, in a Pod with its own user namespace. */
  USER_NAMESPACE("userNamespace"),
  /** A directory of the worker, for a stage that runs no commands. Users cannot request it. */
  DIRECTORY("directory");

  private final String apiName;

  SandboxKind(String apiName) {
    this.apiName = apiName;
  }

  /** The name in the status and on the command line. */
  public String apiName() {
    return apiName;
  }

  /** The kinds that a Pod can have and a user can request. */
  public static Set<SandboxKind> ofPods() {
    return Set.of(IN_PLACE, USER_NAMESPACE);
  }

  /** The kind with this name that a user can request for a Pod; empty if there is none. */
  public static Optional<SandboxKind> named(String apiName) {
    return ofPods().stream().filter(kind -> kind.apiName.equals(apiName)).findFirst();
  }
}
