package dev.stagewright.stage.sandbox;

import dev.stagewright.stage.linux.Capabilities;
import dev.stagewright.stage.linux.UserNamespace;
import java.io.IOException;
import java.util.Optional;

/**
 * What the stage's container has of what the {@code userNamespace} sandbox takes.
 *
 * @param nodesUsers whether it is in the node's user namespace, where its rights are rights over
 *     the node
 * @param sysAdmin whether it has {@code CAP_SYS_ADMIN}
 */
record SandboxCapabilities(boolean nodesUsers, boolean sysAdmin) {

  /** What the kernel says. */
  static SandboxCapabilities read() throws IOException {
    return new SandboxCapabilities(
        UserNamespace.isNodes(), Capabilities.own().has(Capabilities.SYS_ADMIN));
  }

  /** Why there can be no such sandbox, as a sentence; empty if nothing is in the way so far. */
  Optional<String> obstacle() {
    if (nodesUsers) {
      return Optional.of(
          "the Pod has no user namespace of its own (hostUsers: false): that takes Kubernetes 1.33,"
              + " containerd 2.0 or CRI-O 1.31, runc 1.2 or crun 1.9, and Linux 6.3 on the node");
    }
    return sysAdmin
        ? Optional.empty()
        : Optional.of(
            "the stage's container does not have the capability SYS_ADMIN inside the Pod's user"
                + " namespace: allow it in the namespace's Pod Security level");
  }

  /** Whether it could do harm to the node. */
  boolean areDangerous() {
    return nodesUsers && sysAdmin;
  }
}
