package dev.stagewright.controller.decide;

import dev.stagewright.api.v1alpha1.BuildPhase;
import dev.stagewright.api.v1alpha1.ImageBuildStatus;
import dev.stagewright.api.v1alpha1.KubernetesDuration;
import dev.stagewright.api.v1alpha1.Workspace.Reclaim;
import dev.stagewright.controller.observe.Observation;
import dev.stagewright.controller.observe.PodFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is left to do once a run is over: its Pods are stopped, its workspace goes, and some time
 * later the ImageBuild itself, where it is to.
 */
record FinishedRun(Observation observed, ImageBuildStatus status) {
  /** Time for the nodes to let go of the volume. */
  private static final Duration UNMOUNTING = Duration.ofSeconds(15);

  /** How long a failed build stays at least. */
  private static final Duration FAILURES_STAY = Duration.ofHours(1);

  Decision decide(RunActions actions) {
    actions.stopPods();
    actions.at(reclaimAt(), actions::reclaimWorkspace);
    observed
        .appliedBy()
        .ifPresentOrElse(
            tool -> actions.at(expiry(), () -> actions.expireObjects(tool)),
            () -> actions.at(expiry(), actions::expire));
    return new Decision(
        actions.list(),
        status,
        actions.wakeUps().stream().min(Instant::compareTo).map(this::untilThen));
  }

  private Optional<Instant> reclaimAt() {
    var isDue =
        observed.hasWorkspace()
            && observed.spec().workspace().reclaim() == Reclaim.AfterRun
            && observed.pods().stream().allMatch(PodFacts::isOver);
    return isDue ? endedAt().map(end -> end.plus(UNMOUNTING)) : Optional.empty();
  }

  /**
   * A run that was cancelled has not finished: someone may want to go on with it. One that failed
   * stays long enough to be looked at.
   */
  private Optional<Instant> expiry() {
    return status.phase() == BuildPhase.Cancelled
        ? Optional.empty()
        : Optional.ofNullable(observed.spec().ttlAfterFinished())
            .map(KubernetesDuration::parse)
            .map(ttl ->
                status.phase() == BuildPhase.Failed && ttl.compareTo(FAILURES_STAY) < 0
                    ? FAILURES_STAY
                    : ttl)
            .flatMap(ttl -> endedAt().map(end -> end.plus(ttl)));
  }

  private Optional<Instant> endedAt() {
    return Optional.ofNullable(status.completionTime()).map(Instant::parse);
  }

  private Duration untilThen(Instant moment) {
    return Duration.between(observed.now(), moment);
  }
}
