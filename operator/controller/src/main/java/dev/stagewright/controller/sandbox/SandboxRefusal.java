package dev.stagewright.controller.decide;

import dev.stagewright.controller.observe.PodFacts;
import dev.stagewright.controller.observe.PodState;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.SandboxKind;
import dev.stagewright.protocol.Termination;
import dev.stagewright.protocol.TerminationMessage;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Knows a Pod that cannot have its user namespace by what is said of it: by the kubelet, by the
 * container runtime, or by our own, which looks at the ids that it really has.
 */
final class SandboxRefusal {
  /** In the words of kubelet, containerd, CRI-O, runc and crun, in lower case. */
  private static final List<String> TELLING =
      List.of("user namespace", "userns", "hostusers", "idmap", "id-mapped", "uid_map", "uidmap");

  private SandboxRefusal() {}

  /** Why the Pod does not get its user namespace; empty where it does, or wants none. */
  static Optional<String> of(PodFacts pod) {
    if (!pod.sandbox().equals(Optional.of(SandboxKind.USER_NAMESPACE))) {
      return Optional.empty();
    }
    return switch (pod.state()) {
      case PodState.Waiting(_, _, var waitingReason) ->
          waitingReason.map(PodState.WaitingReason::message).filter(SandboxRefusal::isTelling);
      case PodState.Lost(_, var message) -> Optional.of(message).filter(SandboxRefusal::isTelling);
      case PodState.Ended ended -> ofRuntime(ended);
      case PodState.Created _,
          PodState.Running _,
          PodState.InitFailed _,
          PodState.DeadlineExceeded _ ->
          Optional.empty();
    };
  }

  private static boolean isTelling(String message) {
    var words = message.toLowerCase(Locale.ROOT);
    return TELLING.stream().anyMatch(words::contains);
  }

  private static Optional<String> ofRuntime(PodState.Ended ended) {
    return ended.exitCode() != 0
            && TerminationMessage.read(ended.message()).orElse(null)
                instanceof Termination.Failed(var failure, _, _)
            && failure.reason() == FailureReason.SandboxUnavailable
        ? Optional.of(failure.message())
        : Optional.empty();
  }
}
