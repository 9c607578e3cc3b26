package dev.stagewright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** One stage of a run. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record StageStatus(
    @JsonPropertyDescription(
            "The stage's id in this run: `s0`, `s1`, … in the order of the Dockerfile; `i0`, … for"
                + " images that COPY --from names.")
        String id,
    @JsonPropertyDescription(
            "The name after AS, else the stage's index; for an image that COPY --from names, that.")
        String name,
    @JsonPropertyDescription(
            "What the stage starts from: an image pinned by digest, the name of an earlier stage,"
                + " or `scratch`.")
        String base,
    @JsonPropertyDescription(
            "Size of the base image's compressed layers, in bytes; 0 for `scratch` and for earlier"
                + " stages.")
        @Nullable Long baseSize,
    @JsonPropertyDescription("The stage's latest Pod. Its log is the stage's log.")
        @Nullable String pod,
    @JsonPropertyDescription("The node that the Pod is on.") @Nullable String node,
    @JsonPropertyDescription(
            "Its sandbox, `inPlace` or `userNamespace`; once it is done, the one it really used.")
        @Nullable String sandbox,
    @JsonPropertyDescription("How far the stage is.") StagePhase phase,
    @JsonPropertyDescription("When the stage's container started.") @Nullable String startTime,
    @JsonPropertyDescription("When the stage's container ended.") @Nullable String completionTime,
    @JsonPropertyDescription("The step it is at, or ended at: `3/7 RUN make`.")
        @Nullable String step,
    @JsonPropertyDescription(
            "What it wrote to the workspace, in bytes: layers and files for others.")
        @Nullable Long size,
    @JsonPropertyDescription(
            "Why it waits or failed, in one word: `ImagePullBackOff`, `RunFailed`.")
        @Nullable String reason,
    @JsonPropertyDescription("Why it waits or failed, in a sentence.") @Nullable String message,
    @JsonPropertyDescription(
            "The name of the stage whose Pod runs this one too; absent where it has its own.")
        @Nullable String sharesPodOf,
    @JsonPropertyDescription("From start to completion, for example `1m12s`.")
        @Nullable String duration,
    @JsonPropertyDescription("The most memory that it had in use, in bytes, where that is known.")
        @Nullable Long peakMemory) {

  /** How far a stage is. */
  public enum StagePhase {
    /** Has no Pod yet: a stage that it needs is not under way. */
    Waiting,
    /** Has a Pod that has not started. */
    Pending,
    /** Its container runs. */
    Running,
    /** Done. */
    Succeeded,
    /** Gave up; the build fails with it. */
    Failed,
    /** Stopped, or never started, because the run ended. */
    Cancelled
  }
}
