package dev.stagewright.controller.observe;

import dev.stagewright.api.v1alpha1.BuildCondition;
import dev.stagewright.api.v1alpha1.BuildCondition.ConditionStatus;
import dev.stagewright.api.v1alpha1.BuildCondition.ConditionType;
import dev.stagewright.api.v1alpha1.ImageBuildStatus;
import dev.stagewright.api.v1alpha1.StageStatus;
import dev.stagewright.controller.podstatus.PodFacts;
import dev.stagewright.controller.podstatus.WaitingReason.Known;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Calculates how long the operator waits until publish reports which steps of a stage are cached.
 * The report is a line in the log of publish, and a log can be late or lost. Creating a Pod without
 * the report is safe: the stage itself reads in the workspace which of its steps are cached.
 *
 * @param previous the last status of this run; empty at its start
 * @param publish the latest Pod that performs publish
 */
public record LookupWait(
    Optional<ImageBuildStatus> previous, Optional<PodFacts> publish, Instant now) {
  /** After this time, the log is requested, because the stream may deliver nothing any more. */
  private static final Duration LATE = Duration.ofSeconds(15);

  /** After this time, stages start without the report; a large layer takes less time to fetch. */
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private static final Duration READ_INTERVAL = Duration.ofSeconds(5);

  /**
   * Whether the log of publish should be requested now.
   *
   * @param isReported whether the known log has the report about the stage with this id
   */
  boolean isLate(Predicate<String> isReported) {
    return waiting().map(StageStatus::id).anyMatch(isReported.negate())
        && !now.isBefore(since().plus(LATE));
  }

  /** Whether the stage with this id has waited for so long that it starts without the report. */
  public boolean isOver(String id) {
    return waiting().anyMatch(stage -> stage.id().equals(id)) && !now.isBefore(since().plus(LIMIT));
  }

  /** The stages that wait for the report, or for another one, and for no other stage of the run. */
  private Stream<StageStatus> waiting() {
    return previous.stream()
        .flatMap(status -> status.stages().stream())
        .filter(stage ->
            Known.WaitsForCache.name().equals(stage.reason())
                || Known.WaitsForBuild.name().equals(stage.reason()));
  }

  /** When to reconcile again if a stage waits. */
  public Instant nextCheck() {
    var late = since().plus(LATE);
    return now.isBefore(late) ? late : now.plus(READ_INTERVAL);
  }

  /** The latest event after which publish may look up stages. */
  private Instant since() {
    var ofPublish =
        publish.stream()
            .flatMap(pod -> Stream.concat(Stream.of(pod.createdAt()), pod.startedAt().stream()));
    return Stream.of(ofPublish, prepared(), endsOfStages())
        .flatMap(times -> times)
        .max(Comparator.naturalOrder())
        .orElse(now);
  }

  private Stream<Instant> prepared() {
    return previous.stream()
        .flatMap(status -> status.conditions().stream())
        .filter(condition -> condition.type() == ConditionType.Prepared)
        .filter(condition -> condition.status() == ConditionStatus.True)
        .map(BuildCondition::lastTransitionTime)
        .map(Instant::parse);
  }

  /** A stage that copies from another one may be looked up after the end of that one. */
  private Stream<Instant> endsOfStages() {
    return previous.stream()
        .flatMap(status -> status.stages().stream())
        .flatMap(stage -> Optional.ofNullable(stage.completionTime()).stream())
        .map(Instant::parse);
  }
}
