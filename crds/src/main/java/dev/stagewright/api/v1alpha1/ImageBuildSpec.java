package dev.stagewright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Specification of a build. A change of the spec starts a new run, and by default cancels an active
 * one.
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@ValidationRule(
    value = "!has(self.schedule) || !has(self.source.stream)",
    message =
        "schedule cannot be set with source.stream: a scheduled run has no client that sends the"
            + " source")
public record ImageBuildSpec(
    @JsonPropertyDescription(
            "Source of the Dockerfile and the build context. Exactly one of its fields must be"
                + " set.")
        @Required
        Source source,
    @JsonPropertyDescription(
            "Path of the Dockerfile, relative to the root of the source. Defaults to"
                + " `Dockerfile`.")
        @Size(min = 1, max = 1024) @Nullable String dockerfile,
    @JsonPropertyDescription(
            "Name or index of the stage to build. Defaults to the last stage of the Dockerfile."
                + " Stages that the target does not depend on are skipped.")
        @Size(min = 1, max = 128) @Nullable String target,
    @JsonPropertyDescription(
            "Values for the ARG instructions of the Dockerfile, by name. Build arguments are"
                + " not secret: they are visible in this resource, and a stage that uses them can"
                + " leave them in the image.")
        @Size(max = 4096) @ValidationRule(
            value = "size(self) <= 256",
            message = "must have at most 256 build arguments")
        @ValidationRule(
            value = "self.map(name, size(self[name])).sum() <= 262144",
            message =
                "values must have at most 262144 characters in total; store larger values in"
                    + " files of the source")
        Map<String, String> buildArgs,
    @JsonPropertyDescription("Destination and format of the image.") @Required Output output,
    @JsonPropertyDescription(
            "Secrets of type kubernetes.io/dockerconfigjson in the same namespace with"
                + " credentials for base images. They are used to resolve base images, to pull"
                + " them onto nodes, and to copy their layers to the registry of the output.")
        @Size(max = 32) List<LocalReference> imagePullSecrets,
    @JsonPropertyDescription(
            "Secrets for `RUN --mount=type=secret`. A stage can access only the secrets that"
                + " its instructions refer to. Secrets do not become part of a layer.")
        @Size(max = 64) List<BuildSecret> secrets,
    @JsonPropertyDescription(
            "Private keys for `RUN --mount=type=ssh`. A stage can use only the keys that its"
                + " instructions refer to, through an SSH agent. The keys with the ID `default` also"
                + " fetch Git repositories of `ADD` over SSH; their Secret must then contain"
                + " `known_hosts`.")
        @Size(max = 32) List<BuildSshKeys> ssh,
    @JsonPropertyDescription(
            "Isolation of instructions within their Pods. `inPlace` runs instructions in the"
                + " root file system of the container, with the default capabilities."
                + " `userNamespace` runs instructions on an overlay, in a Pod with its own user"
                + " namespace. `auto` uses `userNamespace` if the cluster and the namespace allow"
                + " it, and `inPlace` otherwise.")
        @Default("auto")
        SandboxChoice sandbox,
    @JsonPropertyDescription(
            "Volume that the Pods of a run use to share files. It is created for each run.")
        @Default("{}")
        Workspace workspace,
    @JsonPropertyDescription(
            "Results of instructions that are kept in a registry, so that later builds do not run"
                + " these instructions again, and storage for cache mounts.")
        Cache cache,
    @JsonPropertyDescription(
            "Checks of the image before its tags move: whether it can run, what it contains that it"
                + " should not, and its size.")
        Checks checks,
    @JsonPropertyDescription(
            "Maximum time of a run, as a duration such as `90s`, `10m` or `1h30m`. A run that"
                + " takes longer fails with reason Timeout.")
        @Default(ImageBuildSpec.DEFAULT_TIMEOUT)
        @ValidationRule(
            value =
                "type(self) == string && size(self) <= 32"
                    + " && self.matches('^([0-9]+(\\\\.[0-9]+)?(ms|s|m|h))+$') && duration(self) >="
                    + " duration('1s')",
            message = "must be a duration of at least 1s, with a unit, such as 90s, 10m or 1h30m")
        String timeout,
    @JsonPropertyDescription(
            "Distribution of stages over Pods. `auto` runs a stage in the Pod of the stage that"
                + " is based on it, if there is exactly one. `podPerStage` runs each stage in its"
                + " own Pod.")
        @Default("auto")
        Execution execution,
    @JsonPropertyDescription("Settings of individual stages, by name.") @Size(max = 64) List<StageSettings> stages,
    @JsonPropertyDescription(
            "Template that is merged into every Pod of the build as a strategic merge patch."
                + " The name of the container is `main`. The configuration of the operator"
                + " restricts the fields that can be set.")
        @Nullable Map<String, Object> podTemplate,
    @JsonPropertyDescription(
            "ServiceAccount of the Pods. It provides image pull secrets and is subject to"
                + " admission rules; its token is not mounted. Defaults to `default`.")
        @Size(min = 1, max = 253) @Nullable String serviceAccountName,
    @JsonPropertyDescription(
            "Number of times that a Pod is replaced if its node fails or if it is evicted or"
                + " deleted. Failed instructions are not retried.")
        @Default("" + ImageBuildSpec.DEFAULT_RETRIES)
        @Min(0) @Max(10) @Nullable Integer retries,
    @JsonPropertyDescription(
            "Suspend the build: no new run starts, and an active run ends in phase `Cancelled`."
                + " Setting the field to false again starts a new run.")
        @Default("false")
        boolean suspend,
    @JsonPropertyDescription(
            "Time after the end of a run when the ImageBuild and all objects that it owns are"
                + " deleted, as a duration such as `24h`. After a failure, the time is at least"
                + " one hour. If a GitOps tool manages the ImageBuild or it has a schedule, only its"
                + " Pods, ConfigMaps and volume are deleted. If not set, the ImageBuild is not deleted.")
        @ValidationRule(
            value =
                "type(self) == string && size(self) <= 32"
                    + " && self.matches('^([0-9]+(\\\\.[0-9]+)?(ms|s|m|h))+$')",
            message = "must be a duration with a unit, such as 0s, 10m or 24h")
        @Nullable String ttlAfterFinished,
    @JsonPropertyDescription("Number of earlier runs to keep in `status.history`.")
        @Default("" + ImageBuildSpec.DEFAULT_HISTORY)
        @Min(0) @Max(50) @Nullable Integer historyLimit,
    @JsonPropertyDescription(
            "Priority in the queue. Queued runs with a higher priority start first within a"
                + " namespace.")
        @Default("0")
        int priority,
    @JsonPropertyDescription(
            "How to treat an active run when the spec changes. `Replace` cancels it and builds"
                + " the new spec. `Queue` lets it finish and then builds every spec that the"
                + " operator has seen, in order. `LatestOnly` lets it finish and then builds only"
                + " the latest spec.")
        @Default("Replace")
        ConcurrencyPolicy concurrencyPolicy,
    @JsonPropertyDescription(
            "Times at which a run starts without a change. A run whose source, base images and"
                + " cached steps have not changed pushes nothing and ends with reason `Unchanged`."
                + " A time at which a run is active is made up for when the run has ended.")
        @Nullable Schedule schedule,
    @JsonPropertyDescription(
            "Webhooks of Git servers and of Harbor that start runs, at the path"
                + " `/webhooks/NAMESPACE/NAME` of the operator. The receiver must be enabled in the"
                + " configuration of the operator.")
        @Nullable Webhook webhook) {

  /** The default timeout of a run. */
  public static final String DEFAULT_TIMEOUT = "1h";

  /** The default number of times that a lost Pod is replaced. */
  public static final int DEFAULT_RETRIES = 2;

  /** The default number of earlier runs in the status. */
  public static final int DEFAULT_HISTORY = 5;

  /** Applies the defaults of the schema. */
  public ImageBuildSpec {
    buildArgs = Absent.asEmpty(buildArgs);
    imagePullSecrets = Absent.asEmpty(imagePullSecrets);
    secrets = Absent.asEmpty(secrets);
    ssh = Absent.asEmpty(ssh);
    sandbox = sandbox == null ? SandboxChoice.auto : sandbox;
    workspace = workspace == null ? Workspace.DEFAULT : workspace;
    cache = cache == null ? Cache.DEFAULT : cache;
    checks = checks == null ? Checks.DEFAULT : checks;
    timeout = timeout == null ? DEFAULT_TIMEOUT : timeout;
    execution = execution == null ? Execution.auto : execution;
    stages = Absent.asEmpty(stages);
    retries = retries == null ? Integer.valueOf(DEFAULT_RETRIES) : retries;
    historyLimit = historyLimit == null ? Integer.valueOf(DEFAULT_HISTORY) : historyLimit;
    concurrencyPolicy = concurrencyPolicy == null ? ConcurrencyPolicy.Replace : concurrencyPolicy;
  }
}
