package dev.stagewright.controller.decide;

import dev.stagewright.api.v1alpha1.BuildCondition;
import dev.stagewright.api.v1alpha1.BuildCondition.ConditionType;
import dev.stagewright.api.v1alpha1.BuildPhase;
import dev.stagewright.api.v1alpha1.ImageBuildStatus;
import dev.stagewright.api.v1alpha1.ImageBuildStatus.SandboxReason;
import dev.stagewright.api.v1alpha1.ImageBuildStatus.SandboxStatus;
import dev.stagewright.api.v1alpha1.StageStatus;
import dev.stagewright.controller.cluster.Cluster.EventDraft;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The turns of fate between two statuses: what is worth an Event.
 *
 * @param written the status that the resource has; empty for a new one
 * @param after the status that follows
 */
public record BuildEvents(Optional<ImageBuildStatus> written, ImageBuildStatus after) {

  /** In the order in which they happened. */
  public List<EventDraft> events() {
    var events = new ArrayList<EventDraft>();
    var before =
        written.filter(status -> status.observedGeneration() == after.observedGeneration());
    cancellation(events);
    beginning(before, events);
    if (before.map(ImageBuildStatus::stages).map(List::isEmpty).orElse(true)
        && !after.stages().isEmpty()) {
      events.add(new EventDraft(false, "Prepared", after.stages().size() + " stages to run"));
    }
    sandbox(before, events);
    delay(before, events);
    retries(before, events);
    after
        .stages()
        .forEach(
            stage -> events.addAll(new StageEvents(entry(before, stage.id()), stage).events()));
    if (before.map(ImageBuildStatus::phase).orElse(BuildPhase.Pending) != after.phase()) {
      ending(events);
    }
    return events;
  }

  /** A run that had begun, and that another or none follows. */
  private void cancellation(List<EventDraft> events) {
    written
        .filter(status -> status.observedGeneration() != after.observedGeneration())
        .filter(status -> status.phase() != null && !status.phase().isFinal())
        .filter(status -> status.queue() == null)
        .ifPresent(status ->
            events.add(
                new EventDraft(
                    false,
                    "Cancelled",
                    "generation "
                        + status.observedGeneration()
                        + " is stopped: "
                        + (after.phase() == BuildPhase.Cancelled
                            ? "spec.suspend is set"
                            : "generation " + after.observedGeneration() + " replaces it"))));
  }

  private void beginning(Optional<ImageBuildStatus> before, List<EventDraft> events) {
    var waited = before.map(ImageBuildStatus::queue).isPresent();
    var waits = after.queue();
    if (waits != null && !waited) {
      events.add(
          new EventDraft(
              false, "Queued", "is number " + waits.position() + ": " + waits.message()));
    }
    if (waits == null && (before.isEmpty() || waited)) {
      events.add(
          after.phase() == BuildPhase.Cancelled
              ? new EventDraft(false, "Suspended", "does not build until spec.suspend is unset")
              : new EventDraft(
                  false, "Started", "builds generation " + after.observedGeneration()));
    }
  }

  private void sandbox(Optional<ImageBuildStatus> before, List<EventDraft> events) {
    var known = before.map(ImageBuildStatus::sandbox).map(SandboxStatus::reason);
    var sandbox = after.sandbox();
    if (sandbox != null
        && sandbox.reason() == SandboxReason.Refused
        && !known.equals(Optional.of(SandboxReason.Refused))) {
      events.add(
          new EventDraft(
              true, "SandboxRefused", "stages go on " + sandbox.kind() + ": " + sandbox.message()));
    }
  }

  /** What keeps prepare or push, told once however its reason changes. */
  private void delay(Optional<ImageBuildStatus> before, List<EventDraft> events) {
    var waitingReason = waitingReason(after);
    if (waitingReason.isPresent() && before.flatMap(BuildEvents::waitingReason).isEmpty()) {
      events.add(new EventDraft(true, "Delayed", waitingReason.get()));
    }
  }

  private static Optional<String> waitingReason(ImageBuildStatus status) {
    var phase = Optional.ofNullable(status.phase()).orElse(BuildPhase.Pending);
    return switch (phase) {
      case Preparing, Pushing, Queued ->
          ready(status)
              .filter(ready -> !ready.reason().equals(phase.name()))
              .filter(ready -> !ready.reason().equals(StageEvents.RETRYING))
              .map(BuildCondition::message);
      case Pending, Building, Succeeded, Failed, Cancelled -> Optional.empty();
    };
  }

  private void retries(Optional<ImageBuildStatus> before, List<EventDraft> events) {
    after
        .attempts()
        .forEach((task, attempt) -> {
          var known = before.map(status -> status.attempts().getOrDefault(task, 0)).orElse(0);
          if (attempt > 1 && attempt > known) {
            events.add(new EventDraft(true, StageEvents.RETRYING, retry(task, attempt)));
          }
        });
  }

  /** With why, where that is still known. */
  private String retry(String task, int attempt) {
    var stage = entry(Optional.of(after), task);
    return stage
        .filter(it -> StageEvents.RETRYING.equals(it.reason()))
        .map(it -> "stage " + it.name() + ": " + it.message())
        .or(() -> stage.map(it -> "stage " + it.name() + ": attempt " + attempt))
        .or(() ->
            ready(after)
                .filter(ready -> ready.reason().equals(StageEvents.RETRYING))
                .map(BuildCondition::message))
        .orElseGet(() -> task + ": attempt " + attempt);
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

  private void ending(List<EventDraft> events) {
    var image = after.image();
    if (after.phase() == BuildPhase.Pushing) {
      events.add(new EventDraft(false, "Built", "all stages are done, the image is pushed next"));
    }
    if (after.phase() == BuildPhase.Succeeded && image != null) {
      events.add(
          new EventDraft(
              false,
              "Succeeded",
              "pushed " + image.reference() + "@" + image.digest() + " after " + after.duration()));
    }
    var failure = after.failure();
    if (after.phase() == BuildPhase.Failed && failure != null) {
      events.add(new EventDraft(true, failure.reason(), RunFailure.headline(failure)));
    }
  }
}
