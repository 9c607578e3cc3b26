package dev.stagewright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What became of the latest spec. It is written by the operator only, and always whole. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ImageBuildStatus(
    @JsonPropertyDescription(
            "The `metadata.generation` that this status is about. While it is behind, the latest"
                + " change of the spec has not been seen yet.")
        long observedGeneration,
    @JsonPropertyDescription("How far the run is, in one word.") @Nullable BuildPhase phase,
    @JsonPropertyDescription(
            "How many stages are done, of how many: `2/3`. Absent until the plan is known.")
        @Nullable String progress,
    @JsonPropertyDescription(
            "`Ready` is True once the image of this spec is pushed, False with a reason when that"
                + " failed, Unknown while it runs. `Reconciling` and `Stalled` follow kstatus."
                + " `Prepared`, `Built` and `Pushed` are the milestones.")
        List<BuildCondition> conditions,
    @JsonPropertyDescription("When the operator began this run.") @Nullable String startTime,
    @JsonPropertyDescription("When the run succeeded or failed.") @Nullable String completionTime,
    @JsonPropertyDescription("From start to completion, for example `1m12s`.")
        @Nullable String duration,
    @JsonPropertyDescription("What was built.") @Nullable SourceStatus source,
    @JsonPropertyDescription("How the Pods of this run are placed, and why.")
        @Nullable PlacementStatus placement,
    @JsonPropertyDescription("Which sandbox the stages get, and why.")
        @Nullable SandboxStatus sandbox,
    @JsonPropertyDescription(
            "The stages that the target needs, in the order of the Dockerfile. An image that COPY"
                + " --from names is a stage of its own.")
        List<StageStatus> stages,
    @JsonPropertyDescription(
            "How many Pods each part of the run has had: `prepare`, `push`, and each stage by its"
                + " id. More than one means that a Pod was lost and its part tried again.")
        Map<String, Integer> attempts,
    @JsonPropertyDescription("The image, once it is pushed.") @Nullable ImageStatus image,
    @JsonPropertyDescription(
            "What lint found in the Dockerfile, and what of the source is not used.")
        List<Finding> findings,
    @JsonPropertyDescription("Why the run failed.") @Nullable BuildFailure failure,
    @JsonPropertyDescription("Where the run waits for its turn.") @Nullable QueueStatus queue,
    @JsonPropertyDescription("What the registry's scanner found.") @Nullable ScanStatus scan,
    @JsonPropertyDescription("Earlier runs, the latest first.") List<RunRecord> history) {

  /** Absent collections are empty ones. */
  public ImageBuildStatus {
    conditions = Absent.asEmpty(conditions);
    stages = Absent.asEmpty(stages);
    attempts = Absent.asEmpty(attempts);
    findings = Absent.asEmpty(findings);
    history = Absent.asEmpty(history);
  }

  /** What was built. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record SourceStatus(
      @JsonPropertyDescription("The commit that was built, for a git source.")
          @Nullable String commit) {}

  /** Where a run waits. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record QueueStatus(
      @JsonPropertyDescription("Its place among those that wait, counted from 1.") int position,
      @JsonPropertyDescription("Since when it waits.") String since,
      @JsonPropertyDescription("What it waits for, in a sentence.") String message) {}

  /** How the Pods of a run are placed. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record PlacementStatus(
      @JsonPropertyDescription(
              "`OneNode` where the workspace can be mounted by one node only, else `Spread`.")
          Placement mode,
      @JsonPropertyDescription("The node that all Pods of a `OneNode` run are on.")
          @Nullable String node,
      @JsonPropertyDescription("Why, in a sentence.") String message) {}

  /** Where the Pods of a run may be. */
  public enum Placement {
    /** All on the node of the first. */
    OneNode,
    /** Where the scheduler likes. */
    Spread
  }

  /** The sandbox of a run. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record SandboxStatus(
      @JsonPropertyDescription(
              "`inPlace` or `userNamespace`. Where a run has changed it, `stages[].sandbox` tells"
                  + " what each stage had.")
          String kind,
      @JsonPropertyDescription("Why, in one word.") SandboxReason reason,
      @JsonPropertyDescription("Why, in a sentence.") String message) {}

  /** Why a run has its sandbox. */
  public enum SandboxReason {
    /** The spec or the operator's configuration wants it. */
    Requested,
    /** `auto`, and user namespaces can be had. */
    Available,
    /** `auto`, and user namespaces cannot be had. */
    Unavailable,
    /** `auto`, and user namespaces were tried in vain. */
    Refused
  }

  /** The pushed image. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record ImageStatus(
      @JsonPropertyDescription("The image with its tag, as it was pushed.") String reference,
      @JsonPropertyDescription("Digest of the image's manifest.") String digest,
      @JsonPropertyDescription("Size of config and compressed layers, in bytes.") long size,
      @JsonPropertyDescription("How many layers the image has.") int layers,
      @JsonPropertyDescription("The image by its digest, `registry/repository@sha256:…`.")
          @Nullable String pinned,
      @JsonPropertyDescription("All that was pushed, each with its tag.") List<String> references) {

    /** Absent references are none. */
    public ImageStatus {
      references = Absent.asEmpty(references);
    }
  }

  /** Something that lint found. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Finding(
      @JsonPropertyDescription("Name of the rule, for example `StageNameCasing`.") String rule,
      @JsonPropertyDescription("What is wrong, in a sentence.") String message,
      @JsonPropertyDescription(
              "Line of the Dockerfile, counted from 1; 0 for one about the source.")
          int line) {}
}
