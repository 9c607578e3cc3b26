package dev.stagewright.controller.decide;

import dev.stagewright.api.v1alpha1.ImageBuildSpec;
import dev.stagewright.controller.observe.Observation;
import dev.stagewright.controller.observe.PodFacts;
import dev.stagewright.controller.run.Task;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Whether a part that has failed gets another Pod, and when. */
record TaskRetry(Observation observed, Task task) {
  /** The second attempt comes this long after the first; the third twice as long after that. */
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);

  /** What another Pod, or another kind of Pod, may get around at once. */
  private static final Set<FailureReason> WITHOUT_PAUSE =
      Set.of(FailureReason.PodLost, FailureReason.SandboxUnavailable);

  /** After a fault that is not the user's: as often as the spec says. */
  TaskState after(Failure failure, Optional<PodFacts> pod, Instant endedAt) {
    var attempts = observed.attempts(task);
    if (attempts - replacedForMemory() > allowed() + placesGivenUp()) {
      return new TaskState.Failed(afterAllAttempts(failure, attempts), pod);
    }
    var pause =
        WITHOUT_PAUSE.contains(failure.reason())
            ? Duration.ZERO
            : FIRST_PAUSE.multipliedBy(attempts);
    return new TaskState.Retrying(attempts + 1, notBefore(endedAt, pause), failure.message());
  }

  /** A node whose clock is ahead ends its Pods in the future: nobody waits for that. */
  private Instant notBefore(Instant endedAt, Duration pause) {
    return endedAt.isAfter(observed.now()) ? observed.now() : endedAt.plus(pause);
  }

  /** With more memory, where the spec allows it; empty where it does not. */
  Optional<TaskState> withMoreMemory(Failure failure) {
    return failure.reason() == FailureReason.OutOfMemory
            && task instanceof Task.Stage stage
            && new StageLimits(observed, stage).moreMemory().isPresent()
        ? Optional.of(
            new TaskState.Retrying(observed.attempts(task) + 1, observed.now(), failure.message()))
        : Optional.empty();
  }

  private long replacedForMemory() {
    return task instanceof Task.Stage stage
        ? new StageLimits(observed, stage).replacedForMemory()
        : 0;
  }

  /** At most so often it has made way for another Pod of a stage that it needs. */
  private int placesGivenUp() {
    return task instanceof Task.Stage(var id)
        ? observed.knownPlan().stream()
            .flatMap(plan -> plan.stage(id).needs().stream())
            .mapToInt(need -> Math.max(0, observed.attempts(new Task.Stage(need)) - 1))
            .sum()
        : 0;
  }

  private int allowed() {
    return Objects.requireNonNullElse(observed.spec().retries(), ImageBuildSpec.DEFAULT_RETRIES);
  }

  private static Failure afterAllAttempts(Failure failure, int attempts) {
    return new Failure(
        failure.reason(),
        failure.message() + " (tried " + attempts + (attempts == 1 ? " time)" : " times)"),
        failure.stage(),
        failure.position(),
        failure.exitCode());
  }
}
