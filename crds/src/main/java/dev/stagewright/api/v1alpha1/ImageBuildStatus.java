package dev.stagewright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Status of the latest run. Only the operator writes it, and always completely. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ImageBuildStatus(
    @JsonPropertyDescription(
            "The `metadata.generation` that this status describes. If it is lower than the"
                + " current generation, the operator has not yet processed the latest change of"
                + " the spec.")
        long observedGeneration,
    @JsonPropertyDescription(
            "Number of the run, which is part of the names of its objects. The first run of a"
                + " generation has the number of the generation, unless an earlier run has it.")
        @Nullable Long run,
    @JsonPropertyDescription("What started the run.") @Nullable TriggerStatus trigger,
    @JsonPropertyDescription(
            "The value of the annotation `stagewright.dev/rebuild` that was processed last.")
        @Nullable String observedRebuild,
    @JsonPropertyDescription("The time of `spec.schedule` that was processed last.")
        @Nullable String lastScheduleTime,
    @JsonPropertyDescription(
            "Revision and digest of the artifact of `spec.source.flux` that was processed last.")
        @Nullable String observedArtifact,
    @JsonPropertyDescription("Phase of the run.") @Nullable BuildPhase phase,
    @JsonPropertyDescription(
            "Number of completed stages and number of all stages, such as `2/3`. Not set until"
                + " the Dockerfile has been evaluated.")
        @Nullable String progress,
    @JsonPropertyDescription(
            "Conditions of the build. `Ready` is True if the image of the current spec is"
                + " pushed, False if the run failed, and Unknown while it is active."
                + " `Reconciling` and `Stalled` follow the kstatus conventions. `Prepared`,"
                + " `Built` and `Pushed` are milestones of the run.")
        List<BuildCondition> conditions,
    @JsonPropertyDescription("Time when the run started.") @Nullable String startTime,
    @JsonPropertyDescription("Time when the run ended.") @Nullable String completionTime,
    @JsonPropertyDescription("Time from start to completion, such as `1m12s`.")
        @Nullable String duration,
    @JsonPropertyDescription("The source that was built.") @Nullable SourceStatus source,
    @JsonPropertyDescription("Placement of the Pods of the run on nodes.")
        @Nullable PlacementStatus placement,
    @JsonPropertyDescription("Sandbox of the stages of the run.") @Nullable SandboxStatus sandbox,
    @JsonPropertyDescription(
            "Stages that the target depends on, in the order of the Dockerfile. An image that"
                + " `COPY --from` refers to has its own entry.")
        List<StageStatus> stages,
    @JsonPropertyDescription(
            "Number of Pods that were created for the run: `worker`, and each stage by its ID. A"
                + " number greater than 1 means that a Pod was replaced.")
        Map<String, Integer> attempts,
    @JsonPropertyDescription("The pushed image.") @Nullable ImageStatus image,
    @JsonPropertyDescription(
            "Lint findings in the Dockerfile, findings about the source, and findings about the"
                + " image, worst first. At most 20; the report of the image has all.")
        List<Finding> findings,
    @JsonPropertyDescription(
            "Summary of the checks of the image. Not set until the image was checked, and for"
                + " builds without checks.")
        @Nullable ChecksStatus checks,
    @JsonPropertyDescription("Details about the failure of the run.")
        @Nullable BuildFailure failure,
    @JsonPropertyDescription("Position of the run in the queue. Set only while the run is queued.")
        @Nullable QueueStatus queue,
    @JsonPropertyDescription("Result of the vulnerability scan of the registry.")
        @Nullable ScanStatus scan,
    @JsonPropertyDescription(
            "What the run took from the cache. Not set until a stage was looked up, and for builds"
                + " without a cache.")
        @Nullable CacheStatus cache,
    @JsonPropertyDescription(
            "Storage of the cache mounts of the run. Not set if no stage has a cache mount.")
        @Nullable CacheMountsStatus cacheMounts,
    @JsonPropertyDescription("Earlier runs, latest first.") List<RunRecord> history) {

  /** The reason of the condition {@code Ready} of a run that pushed nothing. */
  public static final String UNCHANGED = "Unchanged";

  /** The reason of the condition {@code Ready} of a run that was cancelled on its own. */
  public static final String CANCELLED = "Cancelled";

  /** The reason of the condition {@code Ready} while a client has to send the source. */
  public static final String WAITING_FOR_SOURCE = "WaitingForSource";

  /** Replaces absent collections by empty ones. */
  public ImageBuildStatus {
    conditions = Absent.asEmpty(conditions);
    stages = Absent.asEmpty(stages);
    attempts = Absent.asEmpty(attempts);
    findings = Absent.asEmpty(findings);
    history = Absent.asEmpty(history);
  }

  /** Starts a status of this generation of the spec, in this phase. */
  public static ImageBuildStatusBuilder builder(long observedGeneration, BuildPhase phase) {
    return new ImageBuildStatusBuilder(observedGeneration, phase);
  }

  /** Starts a copy of this status. */
  public ImageBuildStatusBuilder toBuilder() {
    return new ImageBuildStatusBuilder(observedGeneration, phase)
        .run(run)
        .trigger(trigger)
        .observedRebuild(observedRebuild)
        .lastScheduleTime(lastScheduleTime)
        .observedArtifact(observedArtifact)
        .progress(progress)
        .conditions(conditions)
        .startTime(startTime)
        .completionTime(completionTime)
        .duration(duration)
        .source(source)
        .placement(placement)
        .sandbox(sandbox)
        .stages(stages)
        .attempts(attempts)
        .image(image)
        .findings(findings)
        .checks(checks)
        .failure(failure)
        .queue(queue)
        .scan(scan)
        .cache(cache)
        .cacheMounts(cacheMounts)
        .history(history);
  }

  /** The number of the run; a status of an earlier version does not have it. */
  public long runNumber() {
    return run == null ? observedGeneration : run;
  }

  /**
   * Whether the status describes the latest spec and the latest value of the annotation {@code
   * stagewright.dev/rebuild}.
   */
  public boolean isUpToDate(ObjectMeta metadata) {
    var annotations = metadata.getAnnotations();
    var rebuild = annotations == null ? null : annotations.get(ImageBuild.REBUILD_ANNOTATION);
    return observedGeneration == metadata.getGeneration()
        && (rebuild == null || rebuild.isEmpty() || rebuild.equals(observedRebuild));
  }

  /** Whether the run has ended: nothing more happens in this run. */
  public boolean hasEnded() {
    return phase != null && phase.isFinal();
  }

  /** Whether the run succeeded without pushing anything, since the registry had the image. */
  public boolean hasUnchangedImage() {
    return phase == BuildPhase.Succeeded && hasReason(UNCHANGED);
  }

  /** Whether the run was stopped because the build is suspended. */
  public boolean hasBeenSuspended() {
    return phase == BuildPhase.Cancelled && !hasReason(CANCELLED);
  }

  private boolean hasReason(String ready) {
    return conditions.stream()
        .filter(condition -> condition.type() == BuildCondition.ConditionType.Ready)
        .anyMatch(condition -> ready.equals(condition.reason()));
  }

  /** The source that was built. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record SourceStatus(
      @JsonPropertyDescription(
              "The commit that was built. Set only for Git sources, and for artifacts that Flux made"
                  + " from a Git repository.")
          @Nullable String commit,
      @JsonPropertyDescription(
              "Where the archive or artifact was fetched from, without credentials and query.")
          @Nullable String url,
      @JsonPropertyDescription("Revision of the Flux artifact that was built.")
          @Nullable String revision,
      @JsonPropertyDescription("Digest of the archive or artifact that was built.")
          @Nullable String digest,
      @JsonPropertyDescription(
              "Who signed the commit or tag, with the fingerprint of the key. Set only if"
                  + " `source.git.verify` is set.")
          @Nullable String signer) {}

  /** Position of a run in the queue. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record QueueStatus(
      @JsonPropertyDescription("Position in the queue, starting at 1.") int position,
      @JsonPropertyDescription("Time when the run was queued.") String since,
      @JsonPropertyDescription("Human-readable message that describes what the run is waiting for.")
          String message) {}

  /** Placement of the Pods of a run. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record PlacementStatus(
      @JsonPropertyDescription(
              "`OneNode` if only one node can mount the volumes of the run, `Spread` otherwise.")
          Placement mode,
      @JsonPropertyDescription("Name of the node that all Pods of a `OneNode` run are bound to.")
          @Nullable String node,
      @JsonPropertyDescription("Human-readable explanation.") String message) {}

  /** Modes of placement. */
  public enum Placement {
    /** All Pods run on the node of the first Pod. */
    OneNode,
    /** The scheduler chooses the nodes. */
    Spread
  }

  /** The sandbox of a run. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record SandboxStatus(
      @JsonPropertyDescription(
              "`inPlace` or `userNamespace`. If the sandbox changed during the run,"
                  + " `stages[].sandbox` contains the sandbox of each stage.")
          String kind,
      @JsonPropertyDescription("Machine-readable reason for the choice.") SandboxReason reason,
      @JsonPropertyDescription("Human-readable explanation.") String message) {}

  /** Reasons for the choice of a sandbox. */
  public enum SandboxReason {
    /** The spec or the operator's configuration requires this sandbox. */
    Requested,
    /** `auto`, and the cluster supports user namespaces. */
    Available,
    /** `auto`, and the cluster does not support user namespaces. */
    Unavailable,
    /** `auto`, and a Pod with a user namespace was rejected. */
    Refused
  }

  /** The pushed image. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record ImageStatus(
      @JsonPropertyDescription("Reference of the image with its tag.") String reference,
      @JsonPropertyDescription("Digest of the image manifest.") String digest,
      @JsonPropertyDescription("Size of the config and the compressed layers, in bytes.") long size,
      @JsonPropertyDescription("Number of layers of the image.") int layers,
      @JsonPropertyDescription("Reference of the image by digest, `registry/repository@sha256:…`.")
          @Nullable String pinned,
      @JsonPropertyDescription("All references that were pushed, with their tags.")
          List<String> references) {

    /** Replaces absent references by an empty list. */
    public ImageStatus {
      references = Absent.asEmpty(references);
    }
  }

  /** A finding of lint, or of the checks of the image. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Finding(
      @JsonPropertyDescription(
              "Name of the rule, such as `StageNameCasing` or `MissingInterpreter`.")
          String rule,
      @JsonPropertyDescription("Human-readable description of the finding.") String message,
      @JsonPropertyDescription(
              "Line number in the Dockerfile, starting at 1. It is 0 for findings that belong to no"
                  + " line: about the source, and about files of the base image.")
          int line,
      @JsonPropertyDescription("Severity of the finding.") @Nullable FindingSeverity severity,
      @JsonPropertyDescription("Path of the file in the image.") @Nullable String path,
      @JsonPropertyDescription(
              "What the user of the image will see, in the words of the container runtime.")
          @Nullable String symptom,
      @JsonPropertyDescription("How to change the Dockerfile.") @Nullable String fix) {

    /** A finding that only the Dockerfile has. */
    public Finding(String rule, String message, int line) {
      this(rule, message, line, null, null, null, null);
    }
  }

  /** Severities of findings, worst first. */
  public enum FindingSeverity {
    /** The image cannot do what it is made for, or contains what must not be in it. */
    Error,
    /** The image works, but probably not as intended. */
    Warning,
    /** The image or the Dockerfile could be better. */
    Hint
  }
}
