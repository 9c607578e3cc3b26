package dev.stagewright.controller.sandbox;

import dev.stagewright.controller.podstatus.PodFacts;
import dev.stagewright.controller.podstatus.PodState;
import dev.stagewright.controller.podstatus.PodTermination;
import dev.stagewright.controller.podstatus.WaitingCause;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.SandboxKind;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Recognizes a Pod that cannot have its user namespace by messages of the kubelet, of the container
 * runtime, or of the stage runtime, which checks its own ids.
 */
public final class SandboxRefusal {
  /** Parts of messages of the kubelet, containerd, CRI-O, runc and crun, in lower case. */
  private static final List<String> KEYWORDS =
      List.of("user namespace", "userns", "hostusers", "idmap", "id-mapped", "uid_map", "uidmap");

  private SandboxRefusal() {}

  /** Why the Pod cannot have its user namespace; empty if it has it, or does not request it. */
  public static Optional<String> of(PodFacts pod) {
    if (!pod.sandbox().equals(Optional.of(SandboxKind.USER_NAMESPACE))) {
      return Optional.empty();
    }
    if (pod.state() instanceof PodState.Pending(_, _, var cause)) {
      return cause.map(WaitingCause::message).filter(SandboxRefusal::mentionsUserNamespace);
    }
    return switch (pod.termination().orElse(null)) {
      case PodTermination.Lost(_, var message) ->
          Optional.of(message).filter(SandboxRefusal::mentionsUserNamespace);
      case PodTermination.Failed failed
          when failed.failure().reason() == FailureReason.SandboxUnavailable ->
          Optional.of(failed.failure().message());
      case null, default -> Optional.empty();
    };
  }

  private static boolean mentionsUserNamespace(String message) {
    var text = message.toLowerCase(Locale.ROOT);
    return KEYWORDS.stream().anyMatch(text::contains);
  }
}
