package dev.stagewright.controller.events;

import dev.stagewright.api.v1alpha1.KubernetesDuration;
import dev.stagewright.api.v1alpha1.StageStatus;
import dev.stagewright.api.v1alpha1.StageStatus.Cached;
import dev.stagewright.api.v1alpha1.StageStatus.StagePhase;
import dev.stagewright.controller.cluster.Cluster.EventDraft;
import dev.stagewright.controller.podstatus.WaitingReason;
import dev.stagewright.controller.podstatus.WaitingReason.Known;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Derives Events from the difference between two statuses of one stage.
 *
 * @param before the status of the stage so far; empty for a new one
 * @param after the status that replaces it
 */
record StageEvents(Optional<StageStatus> before, StageStatus after) {

  /** The Events, in chronological order. */
  List<EventDraft> events() {
    var events = new ArrayList<EventDraft>();
    var delay = delay(after);
    if (delay.isPresent() && before.flatMap(StageEvents::delay).isEmpty()) {
      events.add(new EventDraft(true, "StageDelayed", subject() + " waits: " + delay.get()));
    }
    if (after.startTime() != null && !before.map(this::isOfSamePod).orElse(false)) {
      var node = Optional.ofNullable(after.node()).map(name -> " on " + name).orElse("");
      events.add(new EventDraft(false, "StageStarted", subject() + " runs" + node + firstStep()));
    }
    if (before.filter(it -> it.phase() == after.phase()).isEmpty()) {
      end().ifPresent(events::add);
    }
    return events;
  }

  private String subject() {
    return "stage " + after.name();
  }

  private String firstStep() {
    var cache = after.cache();
    return after.cached() == Cached.Partial && cache != null && cache.startStep() != null
        ? " from step " + cache.startStep() + ", the steps before it are cached"
        : "";
  }

  private boolean isOfSamePod(StageStatus other) {
    return other.startTime() != null
        && Optional.ofNullable(other.pod()).equals(Optional.ofNullable(after.pod()));
  }

  private static Optional<String> delay(StageStatus stage) {
    return Optional.ofNullable(stage.reason())
        .filter(_ -> stage.phase() == StagePhase.Pending)
        .flatMap(WaitingReason::inStatus)
        .filter(reason -> reason != Known.Retrying)
        .map(reason ->
            reason.name() + Optional.ofNullable(stage.message()).map(": "::concat).orElse(""));
  }

  private Optional<EventDraft> end() {
    return switch (after.phase()) {
      case Succeeded ->
          Optional.of(
              new EventDraft(
                  false,
                  "StageSucceeded",
                  after.cached() == Cached.All && after.startTime() == null
                      ? subject() + " is done: all its steps are cached"
                      : subject() + " is done" + elapsed()));
      case Failed ->
          Optional.of(
              new EventDraft(true, "StageFailed", subject() + " failed: " + after.message()));
      case Waiting, Pending, Running, Cancelled -> Optional.empty();
    };
  }

  private String elapsed() {
    if (after.startTime() == null || after.completionTime() == null) {
      return "";
    }
    var duration =
        Duration.between(Instant.parse(after.startTime()), Instant.parse(after.completionTime()));
    return " after " + KubernetesDuration.format(duration);
  }
}
