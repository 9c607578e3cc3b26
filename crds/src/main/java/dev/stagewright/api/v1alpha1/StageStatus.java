package dev.stagewright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** Status of one stage of a run. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record StageStatus(
    @JsonPropertyDescription(
            "ID of the stage in this run: `s0`, `s1`, … in the order of the Dockerfile, and"
                + " `i0`, … for images that `COPY --from` refers to.")
        String id,
    @JsonPropertyDescription(
            "Name of the stage, or its index if it has no name. For an image that `COPY --from`"
                + " refers to, the reference of the image.")
        String name,
    @JsonPropertyDescription(
            "Base of the stage: an image reference by digest, the name of an earlier stage, or"
                + " `scratch`.")
        String base,
    @JsonPropertyDescription(
            "Size of the compressed layers of the base image, in bytes. It is 0 for `scratch`"
                + " and for earlier stages.")
        @Nullable Long baseSize,
    @JsonPropertyDescription(
            "Name of the latest Pod of the stage. Its log is the log of the stage. For a stage that"
                + " runs in the worker Pod, the log of its container `publish`.")
        @Nullable String pod,
    @JsonPropertyDescription(
            "Where the stage runs: in a Pod of its own, or in the worker Pod of the run. Not set if the"
                + " stage does not run, because all its results were known.")
        @Nullable RunsIn runsIn,
    @JsonPropertyDescription("Name of the node that the Pod runs on.") @Nullable String node,
    @JsonPropertyDescription(
            "Sandbox of the stage, `inPlace` or `userNamespace`. After the stage has ended, the"
                + " sandbox that it used.")
        @Nullable String sandbox,
    @JsonPropertyDescription("Phase of the stage.") StagePhase phase,
    @JsonPropertyDescription("Time when the container of the stage started.")
        @Nullable String startTime,
    @JsonPropertyDescription("Time when the container of the stage ended.")
        @Nullable String completionTime,
    @JsonPropertyDescription("Current or last step of the stage, such as `3/7 RUN make`.")
        @Nullable String step,
    @JsonPropertyDescription(
            "Size of the layers and files that the stage wrote to the workspace, in bytes.")
        @Nullable Long size,
    @JsonPropertyDescription(
            "Machine-readable reason why the stage is waiting or failed, such as"
                + " `ImagePullBackOff` or `RunFailed`.")
        @Nullable String reason,
    @JsonPropertyDescription(
            "Human-readable message that describes why the stage is waiting or failed.")
        @Nullable String message,
    @JsonPropertyDescription(
            "Name of the stage whose Pod also runs this stage. Not set if the stage has its own"
                + " Pod.")
        @Nullable String sharesPodOf,
    @JsonPropertyDescription("Time from start to completion, such as `1m12s`.")
        @Nullable String duration,
    @JsonPropertyDescription("Peak memory usage of the stage, in bytes. Set only if it is known.")
        @Nullable Long peakMemory,
    @JsonPropertyDescription(
            "How many of the steps of the stage did not run, because the cache contains their results:"
                + " `None`, `Partial` or `All`. Not set until they were looked up, and for builds"
                + " without a cache.")
        @Nullable Cached cached,
    @JsonPropertyDescription("What the stage took from the cache. Set together with `cached`.")
        @Nullable StageCacheStatus cache) {
  /** The reason of a stage that waits for another build, which runs the same steps. */
  public static final String WAITS_FOR_BUILD = "WaitsForBuild";

  /** Starts the status of a stage. */
  public static StageStatusBuilder builder(String id, String name, String base, StagePhase phase) {
    return new StageStatusBuilder(id, name, base, phase);
  }

  /** Starts a copy of this status. */
  public StageStatusBuilder toBuilder() {
    return builder(id, name, base, phase)
        .baseSize(baseSize)
        .pod(pod)
        .runsIn(runsIn)
        .node(node)
        .sandbox(sandbox)
        .startTime(startTime)
        .completionTime(completionTime)
        .step(step)
        .size(size)
        .reason(reason)
        .message(message)
        .sharesPodOf(sharesPodOf)
        .duration(duration)
        .peakMemory(peakMemory)
        .cached(cached)
        .cache(cache);
  }

  /** Where a stage runs. */
  public enum RunsIn {
    /** In a Pod of its own, which it may share with stages that it is based on. */
    Pod,
    /** In the worker Pod: the stage only copies files, on a small base or none. */
    Worker
  }

  /** How many of the steps of a stage are known. */
  public enum Cached {
    /** All steps run. */
    None,
    /** The first steps do not run. */
    Partial,
    /** Nothing runs. */
    All
  }

  /** Phase of a stage. */
  public enum StagePhase {
    /**
     * The stage has no Pod yet, because it depends on a stage that has not started, or because its
     * steps are being looked up in the cache.
     */
    Waiting,
    /** The Pod of the stage has not started. */
    Pending,
    /** The container of the stage is running. */
    Running,
    /** The stage is complete. */
    Succeeded,
    /** The stage failed, and the run with it. */
    Failed,
    /** The stage was stopped or not started because the run ended. */
    Cancelled
  }
}
