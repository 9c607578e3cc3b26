package dev.stagewright.controller.queue;

import dev.stagewright.api.v1alpha1.BuildCondition;
import dev.stagewright.api.v1alpha1.BuildCondition.ConditionType;
import dev.stagewright.api.v1alpha1.BuildPhase;
import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.api.v1alpha1.ImageBuildStatus;
import dev.stagewright.api.v1alpha1.ImageBuildStatus.QueueStatus;
import java.time.Instant;
import java.util.Optional;

/**
 * What the queue needs to know of an ImageBuild.
 *
 * @param uid of the ImageBuild
 * @param priority those of higher priority come first inside their namespace
 * @param since when the run that is to come, or under way, came to the queue
 * @param standing whether it has a slot
 * @param lastStart when its last run began; the epoch where none has
 * @param generation that waits
 */
public record QueueEntry(
    String uid,
    String namespace,
    String name,
    int priority,
    Instant since,
    SlotState standing,
    Instant lastStart,
    long generation) {

  /** Whether a build has one of the slots. */
  public enum SlotState {
    /** It wants one. */
    WAITS,
    /** It has one. */
    RUNS,
    /** It has one, but a quota of its namespace keeps it from using it. */
    HELD,
    /** It wants none. */
    OVER;

    boolean hasSlot() {
      return this == RUNS || this == HELD;
    }
  }

  /**
   * Reads a ticket off an ImageBuild.
   *
   * @param now stands for the time at which a changed spec was first seen, where it has not been
   */
  public static QueueEntry of(ImageBuild build, Instant now) {
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
        standing(build),
        status
            .flatMap(it -> Optional.ofNullable(it.startTime()))
            .map(Instant::parse)
            .orElse(Instant.EPOCH),
        queued.isPresent() ? status.get().observedGeneration() : metadata.getGeneration());
  }

  /** Whether an ImageBuild has a slot, or wants one. */
  public static SlotState standing(ImageBuild build) {
    var metadata = build.getMetadata();
    var status = Optional.ofNullable(build.getStatus());
    if (build.getSpec().suspend() || metadata.getDeletionTimestamp() != null) {
      return SlotState.OVER;
    }
    var phase = status.map(ImageBuildStatus::phase);
    if (phase.isEmpty() || status.map(ImageBuildStatus::queue).isPresent()) {
      return SlotState.WAITS;
    }
    if (phase.get().isFinal()) {
      var isOfLatest = status.get().observedGeneration() == metadata.getGeneration();
      return isOfLatest ? SlotState.OVER : SlotState.WAITS;
    }
    return phase.get() == BuildPhase.Queued && isOutOfQuota(status.get())
        ? SlotState.HELD
        : SlotState.RUNS;
  }

  private static boolean isOutOfQuota(ImageBuildStatus status) {
    return status.conditions().stream()
        .filter(condition -> condition.type() == ConditionType.Ready)
        .map(BuildCondition::reason)
        .anyMatch("QuotaExceeded"::equals);
  }

  QueueEntry as(SlotState other) {
    return new QueueEntry(uid, namespace, name, priority, since, other, lastStart, generation);
  }
}
