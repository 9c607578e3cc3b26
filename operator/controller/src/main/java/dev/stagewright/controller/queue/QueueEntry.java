package dev.stagewright.controller.queue;

import dev.stagewright.api.v1alpha1.BuildCondition.ConditionType;
import dev.stagewright.api.v1alpha1.BuildPhase;
import dev.stagewright.api.v1alpha1.ImageBuildStatus;
import dev.stagewright.api.v1alpha1.ImageBuildStatus.QueueStatus;
import dev.stagewright.controller.podstatus.WaitingReason;
import dev.stagewright.controller.podstatus.WaitingReason.Known;
import dev.stagewright.controller.run.RunInputs;
import dev.stagewright.controller.run.RunStart;
import java.time.Instant;
import java.util.Optional;

/**
 * The properties of an ImageBuild that the queue depends on.
 *
 * @param priority within the namespace; higher values come first
 * @param since when the current or next run entered the queue
 * @param slotState whether the build has a slot
 * @param lastStart start of the last run; the epoch if there was none
 * @param run number of the run that is queued or active
 */
public record QueueEntry(
    String uid,
    String namespace,
    String name,
    int priority,
    Instant since,
    SlotState slotState,
    Instant lastStart,
    long run) {

  /** Whether a build has one of the slots. */
  public enum SlotState {
    /** The build waits for a slot. */
    WAITING,
    /** The build has a slot. */
    RUNNING,
    /** The build has a slot but cannot use it because of a quota of its namespace. */
    BLOCKED,
    /** The build needs no slot. */
    NONE;

    boolean hasSlot() {
      return this == RUNNING || this == BLOCKED;
    }
  }

  /**
   * Creates the entry of an ImageBuild.
   *
   * @param now the time at which a new spec enters the queue
   */
  public static QueueEntry of(RunInputs inputs, Instant now) {
    var build = inputs.build();
    var metadata = build.getMetadata();
    var status = Optional.ofNullable(build.getStatus());
    var queued = status.flatMap(it -> Optional.ofNullable(it.queue()));
    var isNew = status.isEmpty() && metadata.getGeneration() == 1;
    return new QueueEntry(
        metadata.getUid(),
        metadata.getNamespace(),
        metadata.getName(),
        build.getSpec().priority(),
        queued
            .map(QueueStatus::since)
            .or(() -> Optional.ofNullable(metadata.getCreationTimestamp()).filter(_ -> isNew))
            .map(Instant::parse)
            .orElse(now),
        slotState(inputs, now),
        status
            .flatMap(it -> Optional.ofNullable(it.startTime()))
            .map(Instant::parse)
            .orElse(Instant.EPOCH),
        queued.isPresent() ? status.get().runNumber() : RunStart.of(inputs, now).number());
  }

  /** Whether an ImageBuild has a slot, or waits for one, at this time. */
  public static SlotState slotState(RunInputs inputs, Instant now) {
    var build = inputs.build();
    var metadata = build.getMetadata();
    var status = Optional.ofNullable(build.getStatus());
    if (build.getSpec().suspend() || metadata.getDeletionTimestamp() != null) {
      return SlotState.NONE;
    }
    var phase = status.map(ImageBuildStatus::phase);
    if (phase.isEmpty() || status.map(ImageBuildStatus::queue).isPresent()) {
      return SlotState.WAITING;
    }
    if (status.get().hasEnded()) {
      var isOfLatest = status.get().runNumber() == RunStart.of(inputs, now).number();
      return isOfLatest ? SlotState.NONE : SlotState.WAITING;
    }
    return phase.get() == BuildPhase.Queued && exceedsQuota(status.get())
        ? SlotState.BLOCKED
        : SlotState.RUNNING;
  }

  private static boolean exceedsQuota(ImageBuildStatus status) {
    return status.conditions().stream()
        .filter(condition -> condition.type() == ConditionType.Ready)
        .flatMap(condition -> WaitingReason.inStatus(condition.reason()).stream())
        .anyMatch(reason -> reason == Known.QuotaExceeded);
  }

  QueueEntry as(SlotState other) {
    return new QueueEntry(uid, namespace, name, priority, since, other, lastStart, run);
  }
}
