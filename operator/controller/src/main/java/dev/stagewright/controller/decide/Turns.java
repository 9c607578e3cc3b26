package dev.stagewright.controller.decide;

import dev.stagewright.api.v1alpha1.BuildPhase;
import dev.stagewright.api.v1alpha1.ImageBuildStatus;
import dev.stagewright.api.v1alpha1.ImageBuildStatus.SandboxReason;
import dev.stagewright.api.v1alpha1.ImageBuildStatus.SandboxStatus;
import dev.stagewright.api.v1alpha1.KubernetesDuration;
import dev.stagewright.api.v1alpha1.StageStatus;
import dev.stagewright.controller.cluster.Cluster.Notice;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The turns of fate between two statuses: what is worth an Event.
 *
 * @param written the status that the resource has; empty for a new one
 * @param after the status that follows
 */
public record Turns(Optional<ImageBuildStatus> written, ImageBuildStatus after) {

  /** In the order in which they happened. */
  public List<Notice> notices() {
    var notices = new ArrayList<Notice>();
    var before =
        written.filter(status -> status.observedGeneration() == after.observedGeneration());
    beginning(before, notices);
    if (before.map(ImageBuildStatus::stages).map(List::isEmpty).orElse(true)
        && !after.stages().isEmpty()) {
      notices.add(new Notice(false, "Prepared", after.stages().size() + " stages to run"));
    }
    sandbox(before, notices);
    retries(before, notices);
    after.stages().forEach(stage -> turn(phase(before, stage), stage, notices));
    if (before.map(ImageBuildStatus::phase).orElse(BuildPhase.Pending) != after.phase()) {
      ending(notices);
    }
    return notices;
  }

  private void beginning(Optional<ImageBuildStatus> before, List<Notice> notices) {
    var waited = before.map(ImageBuildStatus::queue).isPresent();
    var waits = after.queue();
    if (waits != null && !waited) {
      notices.add(
          new Notice(false, "Queued", "is number " + waits.position() + ": " + waits.message()));
    }
    if (waits == null && (before.isEmpty() || waited)) {
      notices.add(
          after.phase() == BuildPhase.Cancelled
              ? new Notice(false, "Suspended", "does not build until spec.suspend is unset")
              : new Notice(false, "Started", "builds generation " + after.observedGeneration()));
    }
  }

  private void sandbox(Optional<ImageBuildStatus> before, List<Notice> notices) {
    var known = before.map(ImageBuildStatus::sandbox).map(SandboxStatus::reason);
    var sandbox = after.sandbox();
    if (sandbox != null
        && sandbox.reason() == SandboxReason.Refused
        && !known.equals(Optional.of(SandboxReason.Refused))) {
      notices.add(
          new Notice(
              true, "SandboxRefused", "stages go on " + sandbox.kind() + ": " + sandbox.message()));
    }
  }

  private void retries(Optional<ImageBuildStatus> before, List<Notice> notices) {
    after
        .attempts()
        .forEach((part, attempt) -> {
          var known = before.map(status -> status.attempts().getOrDefault(part, 0)).orElse(0);
          if (attempt > 1 && attempt > known) {
            notices.add(new Notice(true, "Retrying", part + ": attempt " + attempt));
          }
        });
  }

  private static Optional<StageStatus.StagePhase> phase(
      Optional<ImageBuildStatus> before, StageStatus stage) {
    return before.stream()
        .flatMap(status -> status.stages().stream())
        .filter(entry -> entry.id().equals(stage.id()))
        .map(StageStatus::phase)
        .findFirst();
  }

  private static void turn(
      Optional<StageStatus.StagePhase> before, StageStatus stage, List<Notice> notices) {
    if (before.equals(Optional.of(stage.phase()))) {
      return;
    }
    switch (stage.phase()) {
      case Succeeded ->
          notices.add(
              new Notice(
                  false, "StageSucceeded", "stage " + stage.name() + " is done" + took(stage)));
      case Failed ->
          notices.add(
              new Notice(
                  true, "StageFailed", "stage " + stage.name() + " failed: " + stage.message()));
      case Waiting, Pending, Running, Cancelled -> {}
    }
  }

  private static String took(StageStatus stage) {
    if (stage.startTime() == null || stage.completionTime() == null) {
      return "";
    }
    var took =
        Duration.between(Instant.parse(stage.startTime()), Instant.parse(stage.completionTime()));
    return " after " + KubernetesDuration.format(took);
  }

  private void ending(List<Notice> notices) {
    var image = after.image();
    if (after.phase() == BuildPhase.Succeeded && image != null) {
      notices.add(
          new Notice(
              false,
              "Succeeded",
              "pushed " + image.reference() + "@" + image.digest() + " after " + after.duration()));
    }
    var failure = after.failure();
    if (after.phase() == BuildPhase.Failed && failure != null) {
      notices.add(new Notice(true, failure.reason(), RunFailure.headline(failure)));
    }
  }
}
