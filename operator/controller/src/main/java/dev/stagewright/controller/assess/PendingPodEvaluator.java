package dev.stagewright.controller.assess;

import dev.stagewright.api.v1alpha1.ImageBuildSpec;
import dev.stagewright.controller.podstatus.PodFacts;
import dev.stagewright.controller.podstatus.PodState;
import dev.stagewright.controller.podstatus.WaitingCause;
import dev.stagewright.controller.podstatus.WaitingReason;
import dev.stagewright.controller.podstatus.WaitingReason.Known;
import dev.stagewright.controller.run.Task;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Evaluates the state of a task whose Pod is pending. A Pod may wait for a full cluster or quota
 * until the timeout of the run; for causes that do not go away by themselves, only for the start
 * timeout.
 *
 * @param startTimeout how long such a cause may last
 * @param spec of the build
 */
record PendingPodEvaluator(Duration startTimeout, Instant now, ImageBuildSpec spec) {

  TaskState evaluate(Task task, PodFacts pod, PodState.Pending pending) {
    var modified = pending.cause().flatMap(new PodModifiedMessage(pod)::of);
    if (modified.isPresent()) {
      return new TaskState.Failed(modified.get(), Optional.of(pod));
    }
    var isLate = now.isAfter(pending.since().plus(startTimeout));
    return pending
        .cause()
        .filter(cause -> isLate && (pending.scheduled() || isPermanent(cause)))
        .filter(cause -> !isInitContainerOfTemplate(cause))
        .<TaskState>map(cause -> new TaskState.Failed(failure(task, pod, cause), Optional.of(pod)))
        .orElseGet(() -> new TaskState.Active(pod));
  }

  /** Whether the Pod cannot be scheduled until a user changes something. */
  private static boolean isPermanent(WaitingCause cause) {
    return cause.reason() instanceof WaitingReason.OfFailure;
  }

  /** The init containers of a template may run until the timeout of the run. */
  private boolean isInitContainerOfTemplate(WaitingCause cause) {
    return cause.reason() == Known.InitContainerRunning
        && cause.container().filter(new InjectedContainers(spec)::isInjected).isEmpty();
  }

  private Failure failure(Task task, PodFacts pod, WaitingCause cause) {
    var injected = new InjectedContainers(spec);
    if (cause.container().isPresent()) {
      var container = cause.container().get();
      return cause.reason() == Known.InitContainerRunning
          ? injected.doesNotEnd(pod, container)
          : Failure.of(
              reason(task, cause),
              "the Pod %s does not start: the container %s%s waits: %s: %s"
                  .formatted(
                      pod.name(),
                      container,
                      injected.origin(container),
                      cause.reason().name(),
                      cause.message()));
    }
    return Failure.of(
        reason(task, cause),
        "the Pod %s does not start: %s: %s"
            .formatted(pod.name(), cause.reason().name(), cause.message()));
  }

  private static FailureReason reason(Task task, WaitingCause cause) {
    if (cause.reason() instanceof WaitingReason.OfFailure(var reason)) {
      return reason;
    }
    return cause.reason().name().contains("Image")
            && task instanceof Task.Stage
            && cause.container().isEmpty()
        ? FailureReason.BaseImageUnavailable
        : FailureReason.PodNotStarted;
  }
}
