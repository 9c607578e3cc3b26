package dev.stagewright.stage.sandbox;

import dev.stagewright.stage.linux.Capabilities;
import dev.stagewright.stage.linux.UserNamespace;
import java.io.IOException;
import java.util.Optional;

/**
 * Checks the prerequisites of the sandbox {@code userNamespace} in the container of a stage.
 *
 * @param nodesUsers whether the container is in the user namespace of the node, where its
 *     privileges apply to the node
 * @param sysAdmin whether the container has {@code CAP_SYS_ADMIN}
 */
record SandboxCapabilities(boolean nodesUsers, boolean sysAdmin) {

  /** Reads the values from the kernel. */
  static SandboxCapabilities read() throws IOException {
    return new SandboxCapabilities(
        UserNamespace.isNodes(), Capabilities.own().has(Capabilities.SYS_ADMIN));
  }

  /**
   * The reason why the sandbox is not available, as a sentence; empty if all prerequisites are met.
   */
  Optional<String> problem() {
    if (nodesUsers) {
      return Optional.of(
          "the Pod does not have its own user namespace (hostUsers: false): this requires Kubernetes 1.33,"
              + " containerd 2.0 or CRI-O 1.31, runc 1.2 or crun 1.9, and Linux 6.3 on the node");
    }
    return sysAdmin
        ? Optional.empty()
        : Optional.of(
            "the container of the stage does not have the capability SYS_ADMIN in the user namespace of"
                + " the Pod: allow it in the Pod Security level of the namespace");
  }

  /** Whether the container has privileges on the node. */
  boolean areDangerous() {
    return nodesUsers && sysAdmin;
  }
}
