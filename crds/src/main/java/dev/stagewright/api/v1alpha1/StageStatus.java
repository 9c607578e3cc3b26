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
            "Name of the latest Pod of the stage. Its log is the log of the stage.")
        @Nullable String pod,
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
        @Nullable Long peakMemory) {

  /** Phase of a stage. */
  public enum StagePhase {
    /** The stage has no Pod yet, because it depends on a stage that has not started. */
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
