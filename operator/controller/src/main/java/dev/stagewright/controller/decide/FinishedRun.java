package dev.stagewright.controller.decide;

import dev.stagewright.api.v1alpha1.BuildPhase;
import dev.stagewright.api.v1alpha1.ImageBuildStatus;
import dev.stagewright.api.v1alpha1.KubernetesDuration;
import dev.stagewright.api.v1alpha1.Workspace.Reclaim;
import dev.stagewright.controller.observe.Observation;
import dev.stagewright.controller.podstatus.PodFacts;
import dev.stagewright.controller.run.CacheUse;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Cleans up after a run has ended: stops its Pods, deletes its workspace and, after {@code
 * ttlAfterFinished}, the ImageBuild.
 */
record FinishedRun(Observation observed, ImageBuildStatus status) {
  /** Time for the nodes to unmount the volume. */
  private static final Duration UNMOUNT_DELAY = Duration.ofSeconds(15);

  /** Time for the containers of a successful run to end. */
  private static final Duration END_DELAY = Duration.ofSeconds(10);

  /**
   * Time for publish to write the records of a successful run. Nothing waits for it: the next run
   * deletes the Pod.
   */
  private static final Duration RECORDING_TIME = Duration.ofSeconds(60);

  /** The minimum time before a failed build is deleted. */
  private static final Duration MIN_TTL_OF_FAILED = Duration.ofHours(1);

  Decision decide(RunActions actions) {
    if (!observed.pods().stream().allMatch(PodFacts::hasEnded)) {
      actions.at(stopStagesAt(), actions::stopStagesOfEndedRun);
      actions.at(endWorkerAt(), actions::endWorkerOfEndedRun);
    }
    actions.at(reclaimAt(), actions::reclaimWorkspace);
    observed
        .kept()
        .ifPresentOrElse(
            reason -> actions.at(expiry(), () -> actions.expireObjects(reason)),
            () -> actions.at(expiry(), actions::expire));
    return new Decision(
        actions.list(),
        status,
        actions.wakeUps().stream().min(Instant::compareTo).map(this::durationUntil));
  }

  /** The containers of a successful run have reported their results, and end soon. */
  private Optional<Instant> stopStagesAt() {
    return status.phase() == BuildPhase.Succeeded
        ? endedAt().map(end -> end.plus(END_DELAY))
        : Optional.of(observed.now());
  }

  private Optional<Instant> endWorkerAt() {
    return mayRecord() ? endedAt().map(end -> end.plus(RECORDING_TIME)) : stopStagesAt();
  }

  private boolean mayRecord() {
    return observed.cacheUse() != CacheUse.NONE && status.phase() == BuildPhase.Succeeded;
  }

  private Optional<Instant> reclaimAt() {
    var isDue =
        observed.hasWorkspace()
            && observed.spec().workspace().reclaim() == Reclaim.AfterRun
            && observed.pods().stream().allMatch(PodFacts::hasEnded);
    return isDue ? endedAt().map(end -> end.plus(UNMOUNT_DELAY)) : Optional.empty();
  }

  /**
   * A suspended run does not expire, because a user may resume it. A failed run is kept long enough
   * to be inspected.
   */
  private Optional<Instant> expiry() {
    return observed.spec().suspend()
        ? Optional.empty()
        : Optional.ofNullable(observed.spec().ttlAfterFinished())
            .map(KubernetesDuration::parse)
            .map(ttl ->
                status.phase() == BuildPhase.Failed && ttl.compareTo(MIN_TTL_OF_FAILED) < 0
                    ? MIN_TTL_OF_FAILED
                    : ttl)
            .flatMap(ttl -> endedAt().map(end -> end.plus(ttl)));
  }

  private Optional<Instant> endedAt() {
    return Optional.ofNullable(status.completionTime()).map(Instant::parse);
  }

  private Duration durationUntil(Instant moment) {
    return Duration.between(observed.now(), moment);
  }
}
