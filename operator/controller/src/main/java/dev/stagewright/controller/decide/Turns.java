package dev.stagewright.controller.decide;

import dev.stagewright.api.v1alpha1.BuildCondition;
import dev.stagewright.api.v1alpha1.BuildCondition.ConditionType;
import dev.stagewright.api.v1alpha1.BuildPhase;
import dev.stagewright.api.v1alpha1.ImageBuildStatus;
import dev.stagewright.api.v1alpha1.ImageBuildStatus.SandboxReason;
import dev.stagewright.api.v1alpha1.ImageBuildStatus.SandboxStatus;
import dev.stagewright.api.v1alpha1.StageStatus;
import dev.stagewright.controller.cluster.Cluster.Notice;
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
    cancellation(notices);
    beginning(before, notices);
    if (before.map(ImageBuildStatus::stages).map(List::isEmpty).orElse(true)
        && !after.stages().isEmpty()) {
      notices.add(new Notice(false, "Prepared", after.stages().size() + " stages to run"));
    }
    sandbox(before, notices);
    delay(before, notices);
    retries(before, notices);
    after
        .stages()
        .forEach(
            stage -> notices.addAll(new StageTurns(entry(before, stage.id()), stage).notices()));
    if (before.map(ImageBuildStatus::phase).orElse(BuildPhase.Pending) != after.phase()) {
      ending(notices);
    }
    return notices;
  }

  /** A run that had begun, and that another or none follows. */
  private void cancellation(List<Notice> notices) {
    written
        .filter(status -> status.observedGeneration() != after.observedGeneration())
        .filter(status -> status.phase() != null && !status.phase().isFinal())
        .filter(status -> status.queue() == null)
        .ifPresent(status ->
            notices.add(
                new Notice(
                    false,
                    "Cancelled",
                    "generation "
                        + status.observedGeneration()
                        + " is stopped: "
                        + (after.phase() == BuildPhase.Cancelled
                            ? "spec.suspend is set"
                            : "generation " + after.observedGeneration() + " replaces it"))));
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

  /** What keeps prepare or push, told once however its reason changes. */
  private void delay(Optional<ImageBuildStatus> before, List<Notice> notices) {
    var obstacle = obstacle(after);
    if (obstacle.isPresent() && before.flatMap(Turns::obstacle).isEmpty()) {
      notices.add(new Notice(true, "Delayed", obstacle.get()));
    }
  }

  private static Optional<String> obstacle(ImageBuildStatus status) {
    var phase = Optional.ofNullable(status.phase()).orElse(BuildPhase.Pending);
    return switch (phase) {
      case Preparing, Pushing, Queued ->
          ready(status)
              .filter(ready -> !ready.reason().equals(phase.name()))
              .filter(ready -> !ready.reason().equals(StageTurns.RETRYING))
              .map(BuildCondition::message);
      case Pending, Building, Succeeded, Failed, Cancelled -> Optional.empty();
    };
  }

  private void retries(Optional<ImageBuildStatus> before, List<Notice> notices) {
    after
        .attempts()
        .forEach((part, attempt) -> {
          var known = before.map(status -> status.attempts().getOrDefault(part, 0)).orElse(0);
          if (attempt > 1 && attempt > known) {
            notices.add(new Notice(true, StageTurns.RETRYING, retry(part, attempt)));
          }
        });
  }

  /** With why, where that is still known. */
  private String retry(String part, int attempt) {
    var stage = entry(Optional.of(after), part);
    return stage
        .filter(it -> StageTurns.RETRYING.equals(it.reason()))
        .map(it -> "stage " + it.name() + ": " + it.message())
        .or(() -> stage.map(it -> "stage " + it.name() + ": attempt " + attempt))
        .or(() ->
            ready(after)
                .filter(ready -> ready.reason().equals(StageTurns.RETRYING))
                .map(BuildCondition::message))
        .orElseGet(() -> part + ": attempt " + attempt);
  }

  private static Optional<StageStatus> entry(Optional<ImageBuildStatus> status, String stage) {
    return status.stream()
        .flatMap(it -> it.stages().stream())
        .filter(entry -> entry.id().equals(stage))
        .findFirst();
  }

  private static Optional<BuildCondition> ready(ImageBuildStatus status) {
    return status.conditions().stream()
        .filter(condition -> condition.type() == ConditionType.Ready)
        .findFirst();
  }

  private void ending(List<Notice> notices) {
    var image = after.image();
    if (after.phase() == BuildPhase.Pushing) {
      notices.add(new Notice(false, "Built", "all stages are done, the image is pushed next"));
    }
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
