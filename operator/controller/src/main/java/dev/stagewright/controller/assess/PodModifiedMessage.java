package dev.stagewright.controller.decide;

import dev.stagewright.controller.observe.PodFacts;
import dev.stagewright.controller.observe.PodState;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.SandboxKind;
import java.util.Optional;
import java.util.Set;

/**
 * What the cluster's admission has forced onto a Pod explains failures that nobody could else
 * explain, and is told with those that it may have led to.
 */
record PodModifiedMessage(PodFacts pod) {
  /** Of a container that the kubelet or the container runtime cannot start as it is. */
  private static final Set<String> CANNOT_START =
      Set.of(
          "CreateContainerConfigError",
          "CreateContainerError",
          "RunContainerError",
          "StartError",
          "ContainerCannotRun");

  private static final Set<FailureReason> TOLD_WITH =
      Set.of(
          FailureReason.RunFailed,
          FailureReason.CopyFailed,
          FailureReason.WorkdirFailed,
          FailureReason.SandboxUnavailable,
          FailureReason.SourceUnauthorized,
          FailureReason.Unsupported);

  /** The failure with what was forced onto the Pod, where that may be why. */
  Failure explained(Failure failure) {
    if (pod.modified().isEmpty()) {
      return failure;
    }
    if (failure.reason() == FailureReason.Internal
        || failure.reason() == FailureReason.PodModified) {
      return with(failure, FailureReason.PodModified, because(failure.message()));
    }
    return TOLD_WITH.contains(failure.reason())
        ? with(
            failure,
            failure.reason(),
            failure.message() + " (the cluster's admission has set " + fields() + " on the Pod)")
        : failure;
  }

  /** Why a container never starts; empty where it was not for what was forced onto its Pod. */
  Optional<Failure> ofStart(String reason, String message) {
    return pod.modified().isEmpty() || !CANNOT_START.contains(reason)
        ? Optional.empty()
        : Optional.of(
            Failure.of(
                FailureReason.PodModified, because("its container cannot start: " + message)));
  }

  /** The same of one that waits. */
  Optional<Failure> of(PodState.WaitingReason waitingReason) {
    return ofStart(waitingReason.reason(), waitingReason.message());
  }

  private String because(String what) {
    return "the cluster's admission has set %s on the Pod %s, with which it cannot work: %s; exempt Pods with the label app.kubernetes.io/managed-by: stagewright from that policy or webhook"
            .formatted(fields(), pod.name(), what)
        + (isReadOnlyInPlace() ? ", or use spec.sandbox: userNamespace" : "");
  }

  /** A stage in a user namespace writes to an overlay of its own. */
  private boolean isReadOnlyInPlace() {
    return pod.sandbox().equals(Optional.of(SandboxKind.IN_PLACE))
        && pod.modified().stream().allMatch(field -> field.contains("readOnlyRootFilesystem"));
  }

  private String fields() {
    return String.join(", ", pod.modified());
  }

  private static Failure with(Failure failure, FailureReason reason, String message) {
    return new Failure(reason, message, failure.stage(), failure.position(), failure.exitCode());
  }
}
