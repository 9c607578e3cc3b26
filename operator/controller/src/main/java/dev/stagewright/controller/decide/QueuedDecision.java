package dev.stagewright.controller.decide;

import dev.stagewright.api.v1alpha1.BuildPhase;
import dev.stagewright.api.v1alpha1.ImageBuildStatus.QueueStatus;
import dev.stagewright.controller.observe.Observation;
import dev.stagewright.controller.queue.QueuePosition;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The decision to wait. */
record QueuedDecision(Observation observed, QueuePosition.Queued place) {
  private static final long SOONEST_SECONDS = 5;
  private static final long LATEST_SECONDS = 300;

  Decision decide() {
    var actions = new RunActions(observed);
    observed.superseded().forEach(actions::delete);
    var since = place.since().truncatedTo(ChronoUnit.SECONDS).toString();
    var progress =
        new StatusInputs(
            BuildPhase.Queued,
            BuildPhase.Queued.name(),
            "is number " + place.position() + " in the queue: " + place.message(),
            Optional.of(new QueueStatus(place.position(), since, place.message())),
            Optional.empty(),
            List.of(),
            Map.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return new Decision(
        actions.list(), new StatusWriter(observed).status(progress), Optional.of(lookAgain()));
  }

  /**
   * Only to tell its place anew, for it is woken when it may run. The further back it is the less
   * often: all who wait together write their status a few times a second, however many they are.
   */
  private Duration lookAgain() {
    return Duration.ofSeconds(Math.clamp(place.position(), SOONEST_SECONDS, LATEST_SECONDS));
  }
}
