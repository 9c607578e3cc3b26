package dev.stagewright.controller.decide;

import dev.stagewright.api.v1alpha1.KubernetesDuration;
import dev.stagewright.controller.observe.Observation;
import dev.stagewright.controller.observe.PodFacts;
import dev.stagewright.controller.run.Task;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Judges Pods that run for too long. */
record Deadline(Observation observed, Task task) {

  TaskState running(PodFacts pod, Instant startedAt) {
    return ofStage()
        .filter(limit -> observed.now().isAfter(startedAt.plus(limit)))
        .map(limit -> (TaskState) new TaskState.Failed(tooLong(limit), Optional.of(pod)))
        .orElseGet(() -> new TaskState.Active(pod));
  }

  /** The kubelet ended it; it says only that it did. */
  Failure ofKubelet() {
    var limit = observed.spec().timeout();
    var ofRun = KubernetesDuration.parse(limit);
    return ofStage()
        .filter(ofStage -> ofStage.compareTo(ofRun) < 0)
        .map(Deadline::tooLong)
        .orElseGet(
            () -> Failure.of(FailureReason.Timeout, "not done within spec.timeout, " + limit));
  }

  private static Failure tooLong(Duration limit) {
    return Failure.of(
        FailureReason.StageTimeout,
        "the stage was not done within its own timeout, " + KubernetesDuration.format(limit));
  }

  private Optional<Duration> ofStage() {
    return task instanceof Task.Stage stage
        ? new StageLimits(observed, stage).timeout()
        : Optional.empty();
  }
}
