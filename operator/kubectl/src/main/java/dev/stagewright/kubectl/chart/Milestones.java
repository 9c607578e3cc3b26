package dev.stagewright.kubectl.chart;

import dev.stagewright.api.v1alpha1.BuildCondition;
import dev.stagewright.api.v1alpha1.BuildCondition.ConditionStatus;
import dev.stagewright.api.v1alpha1.BuildCondition.ConditionType;
import dev.stagewright.api.v1alpha1.ImageBuildStatus;
import java.time.Instant;
import java.util.Optional;

/**
 * When a run reached what.
 *
 * @param start when it began
 * @param prepared when the plan was known
 * @param built when all stages were done
 * @param end when it ended; the present while it runs
 */
record Milestones(Instant start, Optional<Instant> prepared, Optional<Instant> built, Instant end) {

  /** Of a run that has begun; empty for one that has not. */
  static Optional<Milestones> of(ImageBuildStatus status, Instant now) {
    return Optional.ofNullable(status.startTime())
        .map(Instant::parse)
        .map(start -> {
          var end = Optional.ofNullable(status.completionTime()).map(Instant::parse).orElse(now);
          return new Milestones(
              start,
              reached(status, ConditionType.Prepared),
              reached(status, ConditionType.Built),
              end.isBefore(start) ? start : end);
        });
  }

  private static Optional<Instant> reached(ImageBuildStatus status, ConditionType type) {
    return status.conditions().stream()
        .filter(condition -> condition.type() == type && condition.status() == ConditionStatus.True)
        .map(BuildCondition::lastTransitionTime)
        .map(Instant::parse)
        .findFirst();
  }

  /** The time itself, but inside the run: clocks of nodes differ. */
  Instant within(Instant time) {
    if (time.isBefore(start)) {
      return start;
    }
    return time.isAfter(end) ? end : time;
  }
}
