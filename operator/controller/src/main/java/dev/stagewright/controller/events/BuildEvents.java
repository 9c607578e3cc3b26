package dev.stagewright.controller.events;

import dev.stagewright.api.v1alpha1.BuildCondition;
import dev.stagewright.api.v1alpha1.BuildCondition.ConditionType;
import dev.stagewright.api.v1alpha1.BuildPhase;
import dev.stagewright.api.v1alpha1.CacheMountsStatus;
import dev.stagewright.api.v1alpha1.ImageBuildStatus;
import dev.stagewright.api.v1alpha1.ImageBuildStatus.FindingSeverity;
import dev.stagewright.api.v1alpha1.ImageBuildStatus.SandboxReason;
import dev.stagewright.api.v1alpha1.ImageBuildStatus.SandboxStatus;
import dev.stagewright.api.v1alpha1.StageStatus;
import dev.stagewright.controller.cluster.Cluster.EventDraft;
import dev.stagewright.controller.podstatus.WaitingReason;
import dev.stagewright.controller.podstatus.WaitingReason.Known;
import dev.stagewright.controller.status.RunFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Derives Events from the difference between two statuses.
 *
 * @param written the status of the ImageBuild so far; empty for a new one
 * @param after the status that replaces it
 */
public record BuildEvents(Optional<ImageBuildStatus> written, ImageBuildStatus after) {

  /** The Events, in chronological order. */
  public List<EventDraft> events() {
    var events = new ArrayList<EventDraft>();
    var before = written.filter(status -> status.runNumber() == after.runNumber());
    addCancelled(events);
    addStarted(before, events);
    if (before.map(ImageBuildStatus::stages).map(List::isEmpty).orElse(true)
        && !after.stages().isEmpty()) {
      var count = after.stages().size();
      events.add(
          new EventDraft(
              false, "Prepared", count == 1 ? "1 stage to run" : count + " stages to run"));
    }
    addSandboxRefused(before, events);
    addCacheClaimUnavailable(before, events);
    addWaitsForSource(before, events);
    addDelayed(before, events);
    addRetries(before, events);
    after
        .stages()
        .forEach(stage ->
            events.addAll(new StageEvents(stageStatus(before, stage.id()), stage).events()));
    if (before.map(ImageBuildStatus::phase).orElse(BuildPhase.Pending) != after.phase()) {
      addEnd(before, events);
    }
    return events;
  }

  /** A run that had started, and that a later run replaces. */
  private void addCancelled(List<EventDraft> events) {
    written
        .filter(status -> status.runNumber() != after.runNumber())
        .filter(status -> status.phase() != null && !status.hasEnded())
        .filter(status -> status.queue() == null)
        .ifPresent(status ->
            events.add(
                new EventDraft(
                    false,
                    "Cancelled",
                    "run "
                        + status.runNumber()
                        + " is stopped: "
                        + (after.hasBeenSuspended()
                            ? "spec.suspend is set"
                            : "run %d replaces it (%s)".formatted(after.runNumber(), cause())))));
  }

  private void addStarted(Optional<ImageBuildStatus> before, List<EventDraft> events) {
    var wasQueued = before.map(ImageBuildStatus::queue).isPresent();
    var queue = after.queue();
    if (queue != null && !wasQueued) {
      events.add(
          new EventDraft(
              false,
              "Queued",
              "position " + queue.position() + " in the queue: " + queue.message()));
    }
    var wasCancelled = after.phase() == BuildPhase.Cancelled && !after.hasBeenSuspended();
    if (queue == null && !wasCancelled && (before.isEmpty() || wasQueued)) {
      events.add(
          after.hasBeenSuspended()
              ? new EventDraft(
                  false, "Suspended", "the build does not start until spec.suspend is unset")
              : new EventDraft(
                  false, "Started", "started run %d: %s".formatted(after.runNumber(), cause())));
    }
  }

  private String cause() {
    var trigger = after.trigger();
    return trigger == null
        ? "generation " + after.observedGeneration() + " of the spec"
        : trigger.message();
  }

  private void addSandboxRefused(Optional<ImageBuildStatus> before, List<EventDraft> events) {
    var known = before.map(ImageBuildStatus::sandbox).map(SandboxStatus::reason);
    var sandbox = after.sandbox();
    if (sandbox != null
        && sandbox.reason() == SandboxReason.Refused
        && !known.equals(Optional.of(SandboxReason.Refused))) {
      events.add(
          new EventDraft(
              true,
              "SandboxRefused",
              "the remaining stages use " + sandbox.kind() + ": " + sandbox.message()));
    }
  }

  private void addCacheClaimUnavailable(
      Optional<ImageBuildStatus> before, List<EventDraft> events) {
    var known = before.map(ImageBuildStatus::cacheMounts).map(CacheMountsStatus::reason);
    var mounts = after.cacheMounts();
    if (mounts != null
        && mounts.reason() == CacheMountsStatus.Reason.ClaimUnavailable
        && !known.equals(Optional.of(CacheMountsStatus.Reason.ClaimUnavailable))) {
      events.add(
          new EventDraft(
              true,
              "CacheClaimUnavailable",
              "cache mounts use the workspace and last for this run only: " + mounts.message()));
    }
  }

  private void addWaitsForSource(Optional<ImageBuildStatus> before, List<EventDraft> events) {
    var message = waitsForSource(Optional.of(after));
    if (message.isPresent() && !message.equals(waitsForSource(before))) {
      events.add(new EventDraft(false, ImageBuildStatus.WAITING_FOR_SOURCE, message.get()));
    }
  }

  private static Optional<String> waitsForSource(Optional<ImageBuildStatus> status) {
    return status
        .flatMap(BuildEvents::ready)
        .filter(ready -> ready.reason().equals(ImageBuildStatus.WAITING_FOR_SOURCE))
        .map(BuildCondition::message);
  }

  /** One Event for a delay of the worker Pod, even if its reason changes. */
  private void addDelayed(Optional<ImageBuildStatus> before, List<EventDraft> events) {
    var delay = delay(after);
    if (delay.isPresent() && before.flatMap(BuildEvents::delay).isEmpty()) {
      events.add(new EventDraft(true, "Delayed", delay.get()));
    }
  }

  private static Optional<String> delay(ImageBuildStatus status) {
    var phase = Optional.ofNullable(status.phase()).orElse(BuildPhase.Pending);
    return switch (phase) {
      case Preparing, Pushing, Queued ->
          ready(status)
              .filter(ready -> !ready.reason().equals(ImageBuildStatus.WAITING_FOR_SOURCE))
              .filter(ready ->
                  WaitingReason.inStatus(ready.reason())
                      .filter(reason -> reason != Known.Retrying)
                      .isPresent())
              .map(BuildCondition::message);
      case Pending, Building, Succeeded, Failed, Cancelled -> Optional.empty();
    };
  }

  private void addRetries(Optional<ImageBuildStatus> before, List<EventDraft> events) {
    after
        .attempts()
        .forEach((task, attempt) -> {
          var known = before.map(status -> status.attempts().getOrDefault(task, 0)).orElse(0);
          if (attempt > 1 && attempt > known) {
            events.add(new EventDraft(true, Known.Retrying.name(), retry(task, attempt)));
          }
        });
  }

  /** The message of a retry, with the cause if it is still known. */
  private String retry(String task, int attempt) {
    var stage = stageStatus(Optional.of(after), task);
    return stage
        .filter(it -> Known.Retrying.name().equals(it.reason()))
        .map(it -> "stage " + it.name() + ": " + it.message())
        .or(() -> stage.map(it -> "stage " + it.name() + ": attempt " + attempt))
        .or(() ->
            ready(after)
                .filter(ready -> ready.reason().equals(Known.Retrying.name()))
                .map(BuildCondition::message))
        .orElseGet(() -> task + ": attempt " + attempt);
  }

  private static Optional<StageStatus> stageStatus(
      Optional<ImageBuildStatus> status, String stage) {
    return status.stream()
        .flatMap(it -> it.stages().stream())
        .filter(it -> it.id().equals(stage))
        .findFirst();
  }

  private static Optional<BuildCondition> ready(ImageBuildStatus status) {
    return status.conditions().stream()
        .filter(condition -> condition.type() == ConditionType.Ready)
        .findFirst();
  }

  /** One Event for all errors in an image that was pushed nevertheless. */
  private void addErrors(List<EventDraft> events) {
    var errors =
        after.findings().stream()
            .filter(finding -> finding.severity() == FindingSeverity.Error)
            .map(finding -> finding.rule() + ": " + finding.message())
            .toList();
    var checks = after.checks();
    if (after.phase() == BuildPhase.Succeeded && checks != null && !errors.isEmpty()) {
      var others = checks.errors() - 1;
      events.add(
          new EventDraft(
              true,
              "ImageErrors",
              errors.getFirst()
                  + (others == 0 ? "" : " (and " + others + " more, see status.findings)")));
    }
  }

  private void addEnd(Optional<ImageBuildStatus> before, List<EventDraft> events) {
    var image = after.image();
    var wasPushing = before.map(ImageBuildStatus::phase).equals(Optional.of(BuildPhase.Pushing));
    if (after.phase() == BuildPhase.Pushing
        || (after.phase() == BuildPhase.Succeeded && !wasPushing)) {
      events.add(new EventDraft(false, "Built", "all stages are done"));
    }
    addErrors(events);
    if (after.phase() == BuildPhase.Succeeded && image != null) {
      events.add(
          new EventDraft(
              false,
              "Succeeded",
              (after.hasUnchangedImage() ? "unchanged: " : "pushed ")
                  + image.reference()
                  + "@"
                  + image.digest()
                  + " after "
                  + after.duration()));
    }
    if (after.phase() == BuildPhase.Cancelled && !after.hasBeenSuspended()) {
      ready(after)
          .ifPresent(ready -> events.add(new EventDraft(false, "Cancelled", ready.message())));
    }
    var failure = after.failure();
    if (after.phase() == BuildPhase.Failed && failure != null) {
      events.add(new EventDraft(true, failure.reason(), RunFailure.headline(failure)));
    }
  }
}
