package dev.stagewright.controller.assess;

import dev.stagewright.controller.podstatus.PodFacts;
import dev.stagewright.controller.podstatus.WaitingCause;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.SandboxKind;
import java.util.Optional;
import java.util.Set;

/** Adds the fields that the cluster's admission has set on a Pod to failures they may explain. */
record PodModifiedMessage(PodFacts pod) {
  /** Reasons of a container that the kubelet or the container runtime cannot start as defined. */
  private static final Set<String> CANNOT_START =
      Set.of(
          "CreateContainerConfigError",
          "CreateContainerError",
          "RunContainerError",
          "StartError",
          "ContainerCannotRun");

  private static final Set<FailureReason> AMENDED =
      Set.of(
          FailureReason.RunFailed,
          FailureReason.CopyFailed,
          FailureReason.WorkdirFailed,
          FailureReason.SandboxUnavailable,
          FailureReason.SourceUnauthorized,
          FailureReason.Unsupported);

  /** The failure, with the modified fields if they may be the cause. */
  Failure explained(Failure failure) {
    if (pod.modifiedFields().isEmpty()) {
      return failure;
    }
    if (failure.reason() == FailureReason.Internal
        || failure.reason() == FailureReason.PodModified) {
      return with(failure, FailureReason.PodModified, cannotWork(failure.message()));
    }
    return AMENDED.contains(failure.reason())
        ? with(
            failure,
            failure.reason(),
            failure.message() + " (the cluster's admission has set " + fields() + " on the Pod)")
        : failure;
  }

  /** The failure of a container that does not start; empty if no modified field is the cause. */
  Optional<Failure> ofStart(String reason, String message) {
    return pod.modifiedFields().isEmpty() || !CANNOT_START.contains(reason)
        ? Optional.empty()
        : Optional.of(
            Failure.of(
                FailureReason.PodModified, cannotWork("its container cannot start: " + message)));
  }

  /** The failure of a container that waits to be started. */
  Optional<Failure> of(WaitingCause cause) {
    return ofStart(cause.reason().name(), cause.message());
  }

  private String cannotWork(String cause) {
    return "the cluster's admission has set %s on the Pod %s, and the Pod cannot work with that: %s; exempt Pods with the label app.kubernetes.io/managed-by: stagewright from that policy or webhook"
            .formatted(fields(), pod.name(), cause)
        + (isReadOnlyInPlace() ? ", or use spec.sandbox: userNamespace" : "");
  }

  /** A stage in a user namespace does not write to the root file system of its container. */
  private boolean isReadOnlyInPlace() {
    return pod.sandbox().equals(Optional.of(SandboxKind.IN_PLACE))
        && pod.modifiedFields().stream()
            .allMatch(field -> field.contains("readOnlyRootFilesystem"));
  }

  private String fields() {
    return String.join(", ", pod.modifiedFields());
  }

  private static Failure with(Failure failure, FailureReason reason, String message) {
    return new Failure(reason, message, failure.stage(), failure.position(), failure.exitCode());
  }
}
