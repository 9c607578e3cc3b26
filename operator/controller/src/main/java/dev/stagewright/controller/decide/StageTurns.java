package dev.stagewright.controller.decide;

import dev.stagewright.api.v1alpha1.KubernetesDuration;
import dev.stagewright.api.v1alpha1.StageStatus;
import dev.stagewright.api.v1alpha1.StageStatus.StagePhase;
import dev.stagewright.controller.cluster.Cluster.Notice;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The turns of fate of one stage.
 *
 * @param before its entry in the status before; empty where it had none
 * @param after its entry in the status that follows
 */
record StageTurns(Optional<StageStatus> before, StageStatus after) {
  static final String RETRYING = "Retrying";

  /** In the order in which they happened. */
  List<Notice> notices() {
    var notices = new ArrayList<Notice>();
    var obstacle = obstacle(after);
    if (obstacle.isPresent() && before.flatMap(StageTurns::obstacle).isEmpty()) {
      notices.add(new Notice(true, "StageDelayed", subject() + " waits: " + obstacle.get()));
    }
    if (after.startTime() != null && !before.map(this::isOfSamePod).orElse(false)) {
      var node = Optional.ofNullable(after.node()).map(name -> " on " + name).orElse("");
      notices.add(new Notice(false, "StageStarted", subject() + " runs" + node));
    }
    if (before.filter(it -> it.phase() == after.phase()).isEmpty()) {
      end().ifPresent(notices::add);
    }
    return notices;
  }

  private String subject() {
    return "stage " + after.name();
  }

  private boolean isOfSamePod(StageStatus other) {
    return other.startTime() != null
        && Optional.ofNullable(other.pod()).equals(Optional.ofNullable(after.pod()));
  }

  private static Optional<String> obstacle(StageStatus stage) {
    return Optional.ofNullable(stage.reason())
        .filter(reason -> stage.phase() == StagePhase.Pending && !reason.equals(RETRYING))
        .map(reason -> reason + Optional.ofNullable(stage.message()).map(": "::concat).orElse(""));
  }

  private Optional<Notice> end() {
    return switch (after.phase()) {
      case Succeeded ->
          Optional.of(new Notice(false, "StageSucceeded", subject() + " is done" + took()));
      case Failed ->
          Optional.of(new Notice(true, "StageFailed", subject() + " failed: " + after.message()));
      case Waiting, Pending, Running, Cancelled -> Optional.empty();
    };
  }

  private String took() {
    if (after.startTime() == null || after.completionTime() == null) {
      return "";
    }
    var took =
        Duration.between(Instant.parse(after.startTime()), Instant.parse(after.completionTime()));
    return " after " + KubernetesDuration.format(took);
  }
}
