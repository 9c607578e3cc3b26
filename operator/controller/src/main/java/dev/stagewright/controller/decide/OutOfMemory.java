package dev.stagewright.controller.decide;

import dev.stagewright.controller.observe.PodFacts;
import dev.stagewright.controller.observe.PodState;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.Termination;
import dev.stagewright.protocol.TerminationMessage;

/**
 * Pods that ran out of memory. Where cgroups kill one process at a time, it is a command of the
 * user's, and the stage's own last words tell of it; where they kill all of a container at once,
 * the kubelet does.
 */
final class OutOfMemory {
  private static final String KILLED = "OOMKilled";

  private OutOfMemory() {}

  static boolean isWhyItEnded(PodFacts pod) {
    return pod.state() instanceof PodState.Ended ended
        && ended.exitCode() != 0
        && TerminationMessage.read(ended.message())
            .filter(Termination.Failed.class::isInstance)
            .map(words ->
                ((Termination.Failed) words).failure().reason() == FailureReason.OutOfMemory)
            .orElse(ended.reason().equals(KILLED));
  }

  /** Whether the container was killed before it could say anything. */
  static boolean isWholeContainer(PodState.Ended ended) {
    return ended.reason().equals(KILLED);
  }

  static Failure ofContainer(PodFacts pod) {
    return Failure.of(
        FailureReason.OutOfMemory,
        pod.memoryLimit()
            .map(limit ->
                "the container was killed because it used more memory than its limit, " + limit)
            .orElse(
                "the container was killed because its node ran out of memory; it has no limit of"
                    + " its own"));
  }
}
