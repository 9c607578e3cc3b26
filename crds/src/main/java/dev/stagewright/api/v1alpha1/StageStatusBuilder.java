package dev.stagewright.api.v1alpha1;

import dev.stagewright.api.v1alpha1.StageStatus.Cached;
import dev.stagewright.api.v1alpha1.StageStatus.RunsIn;
import dev.stagewright.api.v1alpha1.StageStatus.StagePhase;
import org.jspecify.annotations.Nullable;

/** Builds the status of a stage; values that are not set are absent. */
public final class StageStatusBuilder {
  private final String id;
  private final String name;
  private final String base;
  private final StagePhase phase;
  private @Nullable Long baseSize;
  private @Nullable String pod;
  private @Nullable RunsIn runsIn;
  private @Nullable String node;
  private @Nullable String sandbox;
  private @Nullable String startTime;
  private @Nullable String completionTime;
  private @Nullable String step;
  private @Nullable Long size;
  private @Nullable String reason;
  private @Nullable String message;
  private @Nullable String sharesPodOf;
  private @Nullable String duration;
  private @Nullable Long peakMemory;
  private @Nullable Cached cached;
  private @Nullable StageCacheStatus cache;

  StageStatusBuilder(String id, String name, String base, StagePhase phase) {
    this.id = id;
    this.name = name;
    this.base = base;
    this.phase = phase;
  }

  /** Sets {@link StageStatus#baseSize}. */
  public StageStatusBuilder baseSize(@Nullable Long value) {
    baseSize = value;
    return this;
  }

  /** Sets {@link StageStatus#pod}. */
  public StageStatusBuilder pod(@Nullable String value) {
    pod = value;
    return this;
  }

  /** Sets {@link StageStatus#runsIn}. */
  public StageStatusBuilder runsIn(@Nullable RunsIn value) {
    runsIn = value;
    return this;
  }

  /** Sets {@link StageStatus#node}. */
  public StageStatusBuilder node(@Nullable String value) {
    node = value;
    return this;
  }

  /** Sets {@link StageStatus#sandbox}. */
  public StageStatusBuilder sandbox(@Nullable String value) {
    sandbox = value;
    return this;
  }

  /** Sets {@link StageStatus#startTime}. */
  public StageStatusBuilder startTime(@Nullable String value) {
    startTime = value;
    return this;
  }

  /** Sets {@link StageStatus#completionTime}. */
  public StageStatusBuilder completionTime(@Nullable String value) {
    completionTime = value;
    return this;
  }

  /** Sets {@link StageStatus#step}. */
  public StageStatusBuilder step(@Nullable String value) {
    step = value;
    return this;
  }

  /** Sets {@link StageStatus#size}. */
  public StageStatusBuilder size(@Nullable Long value) {
    size = value;
    return this;
  }

  /** Sets {@link StageStatus#reason}. */
  public StageStatusBuilder reason(@Nullable String value) {
    reason = value;
    return this;
  }

  /** Sets {@link StageStatus#message}. */
  public StageStatusBuilder message(@Nullable String value) {
    message = value;
    return this;
  }

  /** Sets {@link StageStatus#sharesPodOf}. */
  public StageStatusBuilder sharesPodOf(@Nullable String value) {
    sharesPodOf = value;
    return this;
  }

  /** Sets {@link StageStatus#duration}. */
  public StageStatusBuilder duration(@Nullable String value) {
    duration = value;
    return this;
  }

  /** Sets {@link StageStatus#peakMemory}. */
  public StageStatusBuilder peakMemory(@Nullable Long value) {
    peakMemory = value;
    return this;
  }

  /** Sets {@link StageStatus#cached}. */
  public StageStatusBuilder cached(@Nullable Cached value) {
    cached = value;
    return this;
  }

  /** Sets {@link StageStatus#cache}. */
  public StageStatusBuilder cache(@Nullable StageCacheStatus value) {
    cache = value;
    return this;
  }

  /** The status with all values set so far. */
  public StageStatus build() {
    return new StageStatus(
        id,
        name,
        base,
        baseSize,
        pod,
        runsIn,
        node,
        sandbox,
        phase,
        startTime,
        completionTime,
        step,
        size,
        reason,
        message,
        sharesPodOf,
        duration,
        peakMemory,
        cached,
        cache);
  }
}
