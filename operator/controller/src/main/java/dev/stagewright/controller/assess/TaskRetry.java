package dev.stagewright.controller.assess;

import dev.stagewright.api.v1alpha1.ImageBuildSpec;
import dev.stagewright.controller.observe.Observation;
import dev.stagewright.controller.podstatus.PodFacts;
import dev.stagewright.controller.run.Task;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.StageCache;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Decides whether a failed task is tried again, and when. */
record TaskRetry(Observation observed, Task task) {
  /** The delay before the second attempt; the third attempt is delayed twice as long. */
  private static final Duration FIRST_DELAY = Duration.ofSeconds(5);

  /** Reasons for which another Pod may succeed at once. */
  private static final Set<FailureReason> WITHOUT_DELAY =
      Set.of(FailureReason.PodLost, FailureReason.SandboxUnavailable);

  /** The state after a failure of the infrastructure: as many attempts as the spec allows. */
  TaskState after(Failure failure, Optional<PodFacts> pod, Instant endedAt) {
    var attempts = observed.attempts(task);
    var memoryRetries = new TaskLimits(observed, task).memoryRetries();
    if (attempts - memoryRetries - endedForStages()
        > allowedRetries() + preemptions() + prefixImages()) {
      return new TaskState.Failed(afterAllAttempts(failure, attempts), pod);
    }
    var delay =
        WITHOUT_DELAY.contains(failure.reason())
            ? Duration.ZERO
            : FIRST_DELAY.multipliedBy(attempts);
    return new TaskState.Retrying(attempts + 1, notBefore(endedAt, delay), failure.message());
  }

  /** A node whose clock is ahead reports an end in the future, which must not delay the retry. */
  private Instant notBefore(Instant endedAt, Duration delay) {
    return endedAt.isAfter(observed.now()) ? observed.now() : endedAt.plus(delay);
  }

  /** The state after running out of memory, if the spec allows a Pod with more memory. */
  Optional<TaskState> withMoreMemory(Failure failure) {
    return failure.reason() == FailureReason.OutOfMemory
            && new TaskLimits(observed, task).increasedMemory().isPresent()
        ? Optional.of(
            new TaskState.Retrying(observed.attempts(task) + 1, observed.now(), failure.message()))
        : Optional.empty();
  }

  /** An upper bound of how often the stage was preempted for a stage that it needs. */
  private int preemptions() {
    return task instanceof Task.Stage(var id)
        ? observed.knownPlan().stream()
            .flatMap(plan -> plan.stage(id).needs().stream())
            .mapToInt(need -> Math.max(0, observed.attempts(new Task.Stage(need)) - 1))
            .sum()
        : 0;
  }

  /** An upper bound of how often the stage could not start from its prefix image. */
  private int prefixImages() {
    return task instanceof Task.Stage(var id)
            && observed.stageCache(id).flatMap(StageCache::prefix).isPresent()
        ? 1
        : 0;
  }

  /** How often the operator ended the worker Pod to make room for stages. */
  private long endedForStages() {
    return task instanceof Task.Publish
        ? observed.pods().stream()
            .filter(pod -> pod.task().equals(task) && pod.isShutDown() && !pod.isCompleted())
            .count()
        : 0;
  }

  private int allowedRetries() {
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
