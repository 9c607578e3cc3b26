package dev.stagewright.kubectl.chart;

import dev.stagewright.api.v1alpha1.BuildCondition;
import dev.stagewright.api.v1alpha1.BuildCondition.ConditionStatus;
import dev.stagewright.api.v1alpha1.BuildCondition.ConditionType;
import dev.stagewright.api.v1alpha1.ImageBuildStatus;
import java.time.Instant;
import java.util.Optional;

/**
 * The times at which the phases of a run changed.
 *
 * @param start start of the run
 * @param prepared when the plan was complete
 * @param built when all stages were complete
 * @param end end of the run; the current time while the run is active
 */
record PhaseTimes(Instant start, Optional<Instant> prepared, Optional<Instant> built, Instant end) {

  /** The times of a run; empty if the run has not started. */
  static Optional<PhaseTimes> of(ImageBuildStatus status, Instant now) {
    return Optional.ofNullable(status.startTime())
        .map(Instant::parse)
        .map(start -> {
          var end = Optional.ofNullable(status.completionTime()).map(Instant::parse).orElse(now);
          return new PhaseTimes(
              start,
              transitionTime(status, ConditionType.Prepared),
              transitionTime(status, ConditionType.Built),
              end.isBefore(start) ? start : end);
        });
  }

  private static Optional<Instant> transitionTime(ImageBuildStatus status, ConditionType type) {
    return status.conditions().stream()
        .filter(condition -> condition.type() == type && condition.status() == ConditionStatus.True)
        .map(BuildCondition::lastTransitionTime)
        .map(Instant::parse)
        .findFirst();
  }

  /** Limits a time to the run, because the clocks of nodes differ. */
  Instant clamp(Instant time) {
    if (time.isBefore(start)) {
      return start;
    }
    return time.isAfter(end) ? end : time;
  }
}
