package dev.stagewright.controller.decide;

import dev.stagewright.api.v1alpha1.ImageBuildSpec;
import dev.stagewright.controller.observe.PodFacts;
import dev.stagewright.controller.observe.PodState;
import dev.stagewright.controller.observe.PodState.WaitingReason;
import dev.stagewright.controller.run.Task;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Judges a Pod that has not started. A full cluster or a quota is waited for as long as the run may
 * take; what will not come by waiting, only for a while.
 *
 * @param patience how long
 * @param spec of the build
 */
record PendingPodEvaluator(Duration patience, Instant now, ImageBuildSpec spec) {
  /** What an obstacle is called is why the build fails in the end. */
  private static final Set<String> TOLD_AS_THEY_ARE =
      Set.of(
          FailureReason.SecretNotFound.name(),
          FailureReason.ConfigMapNotFound.name(),
          FailureReason.ClaimNotFound.name(),
          FailureReason.ClaimNotBound.name(),
          FailureReason.ServiceAccountNotFound.name(),
          FailureReason.PriorityClassNotFound.name(),
          FailureReason.RuntimeClassNotFound.name(),
          FailureReason.WorkspaceNotBound.name(),
          FailureReason.NodeLost.name());

  /** A container runs first that a template, or admission, gives the Pod. */
  private static final String INIT_CONTAINER = "InitContainerRunning";

  TaskState assess(Task task, PodFacts pod, PodState.Waiting waiting) {
    var modified = waiting.waitingReason().flatMap(new PodModifiedMessage(pod)::of);
    if (modified.isPresent()) {
      return new TaskState.Failed(modified.get(), Optional.of(pod));
    }
    var isLate = now.isAfter(waiting.since().plus(patience));
    return waiting
        .waitingReason()
        .filter(waitingReason -> isLate && (waiting.scheduled() || isInVain(waitingReason)))
        .filter(waitingReason -> !isInitOfUser(waitingReason))
        .map(waitingReason ->
            (TaskState) new TaskState.Failed(failure(task, pod, waitingReason), Optional.of(pod)))
        .orElseGet(() -> new TaskState.Active(pod));
  }

  /** Whether no node will ever be found. */
  private static boolean isInVain(WaitingReason waitingReason) {
    return TOLD_AS_THEY_ARE.contains(waitingReason.reason());
  }

  /** It may take as long as the run may. */
  private boolean isInitOfUser(WaitingReason waitingReason) {
    return waitingReason.reason().equals(INIT_CONTAINER)
        && waitingReason.container().filter(new InjectedContainers(spec)::isAdded).isEmpty();
  }

  private Failure failure(Task task, PodFacts pod, WaitingReason waitingReason) {
    var others = new InjectedContainers(spec);
    if (waitingReason.container().isPresent()) {
      var container = waitingReason.container().get();
      return waitingReason.reason().equals(INIT_CONTAINER)
          ? others.endless(pod, container)
          : Failure.of(
              reason(task, waitingReason),
              "the Pod %s does not start: the container %s%s waits: %s: %s"
                  .formatted(
                      pod.name(),
                      container,
                      others.whose(container),
                      waitingReason.reason(),
                      waitingReason.message()));
    }
    return Failure.of(
        reason(task, waitingReason),
        "the Pod %s does not start: %s: %s"
            .formatted(pod.name(), waitingReason.reason(), waitingReason.message()));
  }

  private static FailureReason reason(Task task, WaitingReason waitingReason) {
    if (TOLD_AS_THEY_ARE.contains(waitingReason.reason())) {
      return FailureReason.valueOf(waitingReason.reason());
    }
    return waitingReason.reason().contains("Image")
            && task instanceof Task.Stage
            && waitingReason.container().isEmpty()
        ? FailureReason.BaseImageUnavailable
        : FailureReason.PodNotStarted;
  }
}
