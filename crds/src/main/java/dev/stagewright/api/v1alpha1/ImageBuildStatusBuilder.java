package dev.stagewright.api.v1alpha1;

import dev.stagewright.api.v1alpha1.ImageBuildStatus.Finding;
import dev.stagewright.api.v1alpha1.ImageBuildStatus.ImageStatus;
import dev.stagewright.api.v1alpha1.ImageBuildStatus.PlacementStatus;
import dev.stagewright.api.v1alpha1.ImageBuildStatus.QueueStatus;
import dev.stagewright.api.v1alpha1.ImageBuildStatus.SandboxStatus;
import dev.stagewright.api.v1alpha1.ImageBuildStatus.SourceStatus;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds a status; values that are not set are absent. */
public final class ImageBuildStatusBuilder {
  private final long observedGeneration;
  private final @Nullable BuildPhase phase;
  private @Nullable Long run;
  private @Nullable TriggerStatus trigger;
  private @Nullable String observedRebuild;
  private @Nullable String lastScheduleTime;
  private @Nullable String observedArtifact;
  private @Nullable String progress;
  private List<BuildCondition> conditions = List.of();
  private @Nullable String startTime;
  private @Nullable String completionTime;
  private @Nullable String duration;
  private @Nullable SourceStatus source;
  private @Nullable PlacementStatus placement;
  private @Nullable SandboxStatus sandbox;
  private List<StageStatus> stages = List.of();
  private Map<String, Integer> attempts = Map.of();
  private @Nullable ImageStatus image;
  private List<Finding> findings = List.of();
  private @Nullable ChecksStatus checks;
  private @Nullable BuildFailure failure;
  private @Nullable QueueStatus queue;
  private @Nullable ScanStatus scan;
  private @Nullable CacheStatus cache;
  private @Nullable CacheMountsStatus cacheMounts;
  private List<RunRecord> history = List.of();

  ImageBuildStatusBuilder(long observedGeneration, @Nullable BuildPhase phase) {
    this.observedGeneration = observedGeneration;
    this.phase = phase;
  }

  /** Sets {@link ImageBuildStatus#run}. */
  public ImageBuildStatusBuilder run(@Nullable Long value) {
    run = value;
    return this;
  }

  /** Sets {@link ImageBuildStatus#trigger}. */
  public ImageBuildStatusBuilder trigger(@Nullable TriggerStatus value) {
    trigger = value;
    return this;
  }

  /** Sets {@link ImageBuildStatus#observedRebuild}. */
  public ImageBuildStatusBuilder observedRebuild(@Nullable String value) {
    observedRebuild = value;
    return this;
  }

  /** Sets {@link ImageBuildStatus#observedArtifact}. */
  public ImageBuildStatusBuilder observedArtifact(@Nullable String value) {
    observedArtifact = value;
    return this;
  }

  /** Sets {@link ImageBuildStatus#lastScheduleTime}. */
  public ImageBuildStatusBuilder lastScheduleTime(@Nullable String value) {
    lastScheduleTime = value;
    return this;
  }

  /** Sets {@link ImageBuildStatus#progress}. */
  public ImageBuildStatusBuilder progress(@Nullable String value) {
    progress = value;
    return this;
  }

  /** Sets {@link ImageBuildStatus#conditions}. */
  public ImageBuildStatusBuilder conditions(List<BuildCondition> value) {
    conditions = value;
    return this;
  }

  /** Sets {@link ImageBuildStatus#startTime}. */
  public ImageBuildStatusBuilder startTime(@Nullable String value) {
    startTime = value;
    return this;
  }

  /** Sets {@link ImageBuildStatus#completionTime}. */
  public ImageBuildStatusBuilder completionTime(@Nullable String value) {
    completionTime = value;
    return this;
  }

  /** Sets {@link ImageBuildStatus#duration}. */
  public ImageBuildStatusBuilder duration(@Nullable String value) {
    duration = value;
    return this;
  }

  /** Sets {@link ImageBuildStatus#source}. */
  public ImageBuildStatusBuilder source(@Nullable SourceStatus value) {
    source = value;
    return this;
  }

  /** Sets {@link ImageBuildStatus#placement}. */
  public ImageBuildStatusBuilder placement(@Nullable PlacementStatus value) {
    placement = value;
    return this;
  }

  /** Sets {@link ImageBuildStatus#sandbox}. */
  public ImageBuildStatusBuilder sandbox(@Nullable SandboxStatus value) {
    sandbox = value;
    return this;
  }

  /** Sets {@link ImageBuildStatus#stages}. */
  public ImageBuildStatusBuilder stages(List<StageStatus> value) {
    stages = value;
    return this;
  }

  /** Sets {@link ImageBuildStatus#attempts}. */
  public ImageBuildStatusBuilder attempts(Map<String, Integer> value) {
    attempts = value;
    return this;
  }

  /** Sets {@link ImageBuildStatus#image}. */
  public ImageBuildStatusBuilder image(@Nullable ImageStatus value) {
    image = value;
    return this;
  }

  /** Sets {@link ImageBuildStatus#findings}. */
  public ImageBuildStatusBuilder findings(List<Finding> value) {
    findings = value;
    return this;
  }

  /** Sets {@link ImageBuildStatus#checks}. */
  public ImageBuildStatusBuilder checks(@Nullable ChecksStatus value) {
    checks = value;
    return this;
  }

  /** Sets {@link ImageBuildStatus#failure}. */
  public ImageBuildStatusBuilder failure(@Nullable BuildFailure value) {
    failure = value;
    return this;
  }

  /** Sets {@link ImageBuildStatus#queue}. */
  public ImageBuildStatusBuilder queue(@Nullable QueueStatus value) {
    queue = value;
    return this;
  }

  /** Sets {@link ImageBuildStatus#scan}. */
  public ImageBuildStatusBuilder scan(@Nullable ScanStatus value) {
    scan = value;
    return this;
  }

  /** Sets {@link ImageBuildStatus#cache}. */
  public ImageBuildStatusBuilder cache(@Nullable CacheStatus value) {
    cache = value;
    return this;
  }

  /** Sets {@link ImageBuildStatus#cacheMounts}. */
  public ImageBuildStatusBuilder cacheMounts(@Nullable CacheMountsStatus value) {
    cacheMounts = value;
    return this;
  }

  /** Sets {@link ImageBuildStatus#history}. */
  public ImageBuildStatusBuilder history(List<RunRecord> value) {
    history = value;
    return this;
  }

  /** The status with all values set so far. */
  public ImageBuildStatus build() {
    return new ImageBuildStatus(
        observedGeneration,
        run,
        trigger,
        observedRebuild,
        lastScheduleTime,
        observedArtifact,
        phase,
        progress,
        conditions,
        startTime,
        completionTime,
        duration,
        source,
        placement,
        sandbox,
        stages,
        attempts,
        image,
        findings,
        checks,
        failure,
        queue,
        scan,
        cache,
        cacheMounts,
        history);
  }
}
