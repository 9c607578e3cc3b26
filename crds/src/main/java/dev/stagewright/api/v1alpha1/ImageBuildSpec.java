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

/** What to build. Every change of it starts a new run and replaces one in flight. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ImageBuildSpec(
    @JsonPropertyDescription(
            "Where Dockerfile and build context come from. Exactly one of its fields is set.")
        @Required
        Source source,
    @JsonPropertyDescription(
            "Path of the Dockerfile inside the source, relative to its root. Default: `Dockerfile`.")
        @Size(min = 1, max = 1024) @Nullable String dockerfile,
    @JsonPropertyDescription(
            "Name or index of the stage to build. Default: the last stage of the Dockerfile. Stages"
                + " that it does not need are not run.")
        @Size(min = 1, max = 128) @Nullable String target,
    @JsonPropertyDescription(
            "Values for the Dockerfile's ARG instructions, by name. They are not secret: they show"
                + " in this resource, and a stage that uses one may leave it in the image.")
        @Size(max = 4096) @ValidationRule(
            value = "size(self) <= 256",
            message = "must have at most 256 build arguments")
        @ValidationRule(
            value = "self.map(name, size(self[name])).sum() <= 262144",
            message =
                "values must have at most 262144 characters together; put larger ones into files"
                    + " of the source")
        Map<String, String> buildArgs,
    @JsonPropertyDescription("Where the image goes.") @Required Output output,
    @JsonPropertyDescription(
            "Secrets of type kubernetes.io/dockerconfigjson in the same namespace with credentials"
                + " for base images. They are used to look base images up, by the kubelet to pull"
                + " them, and to copy their layers to the output's registry.")
        @Size(max = 32) List<LocalReference> imagePullSecrets,
    @JsonPropertyDescription(
            "Secrets for `RUN --mount=type=secret`. A stage gets those that its instructions name,"
                + " and no others; they never land in a layer.")
        @Size(max = 64) List<BuildSecret> secrets,
    @JsonPropertyDescription(
            "Keys for `RUN --mount=type=ssh`. Only stages whose instructions name an id get its"
                + " keys, as an agent.")
        @Size(max = 32) List<BuildSshKeys> ssh,
    @JsonPropertyDescription(
            "How instructions are kept apart from what else is in their Pods. `inPlace`: in the"
                + " container's own root, with default capabilities. `userNamespace`: over an"
                + " overlay, in Pods with a user namespace of their own. `auto`: the latter where"
                + " cluster and namespace allow it, else the former.")
        @Default("auto")
        SandboxChoice sandbox,
    @JsonPropertyDescription(
            "The volume that the stages hand each other files through. It is created for each run.")
        @Default("{}")
        Workspace workspace,
    @JsonPropertyDescription(
            "Where cache mounts are kept. Default: in the workspace, so for this run only.")
        @Nullable CacheVolume cache,
    @JsonPropertyDescription(
            "How long a run may take, as a duration such as `90s`, `10m` or `1h30m`. A run that is"
                + " not done by then fails with reason Timeout.")
        @Default(ImageBuildSpec.DEFAULT_TIMEOUT)
        @ValidationRule(
            value =
                "type(self) == string && size(self) <= 32"
                    + " && self.matches('^([0-9]+(\\\\.[0-9]+)?(ms|s|m|h))+$') && duration(self) >="
                    + " duration('1s')",
            message = "must be a duration of at least 1s, with a unit, such as 90s, 10m or 1h30m")
        String timeout,
    @JsonPropertyDescription("How stages are spread over Pods.") @Default("auto")
        Execution execution,
    @JsonPropertyDescription("What single stages have of their own, by name.") @Size(max = 64) List<StageSettings> stages,
    @JsonPropertyDescription(
            "Merged into every Pod of the build, by the rules of strategic merge patches. The"
                + " container is called `main`. The operator's configuration says what may be set.")
        @Nullable Map<String, Object> podTemplate,
    @JsonPropertyDescription(
            "Service account of the Pods, for its image pull secrets and admission rules. They get"
                + " no token. Default: `default`.")
        @Size(min = 1, max = 253) @Nullable String serviceAccountName,
    @JsonPropertyDescription(
            "How often a Pod that was lost to the cluster's doing is replaced: its node failed, it"
                + " was evicted or deleted. A failing instruction is never repeated.")
        @Default("" + ImageBuildSpec.DEFAULT_RETRIES)
        @Min(0) @Max(10) @Nullable Integer retries,
    @JsonPropertyDescription(
            "Stop: no run begins, and one in flight ends as `Cancelled`. Set back to false, the spec"
                + " is built anew.")
        @Default("false")
        boolean suspend,
    @JsonPropertyDescription(
            "Delete this ImageBuild, with all that belongs to it, this long after its run ended, as"
                + " a duration such as `24h`; after a failure at least an hour passes. One that a"
                + " GitOps tool would create again stays, and only its Pods, ConfigMaps and volume"
                + " are deleted. Default: never.")
        @ValidationRule(
            value =
                "type(self) == string && size(self) <= 32"
                    + " && self.matches('^([0-9]+(\\\\.[0-9]+)?(ms|s|m|h))+$')",
            message = "must be a duration with a unit, such as 0s, 10m or 24h")
        @Nullable String ttlAfterFinished,
    @JsonPropertyDescription("How many earlier runs `status.history` tells of.")
        @Default("" + ImageBuildSpec.DEFAULT_HISTORY)
        @Min(0) @Max(50) @Nullable Integer historyLimit,
    @JsonPropertyDescription(
            "Where runs wait for their turn, those of higher priority come first inside a namespace.")
        @Default("0")
        int priority,
    @JsonPropertyDescription("What becomes of a run in flight when the spec changes.")
        @Default("Replace")
        ConcurrencyPolicy concurrencyPolicy) {

  /** The timeout of a build that names none. */
  public static final String DEFAULT_TIMEOUT = "1h";

  /** How often a lost Pod is replaced where the spec does not say. */
  public static final int DEFAULT_RETRIES = 2;

  /** How many earlier runs the status tells of where the spec does not say. */
  public static final int DEFAULT_HISTORY = 5;

  /** Fills in the schema's defaults. */
  public ImageBuildSpec {
    buildArgs = Absent.asEmpty(buildArgs);
    imagePullSecrets = Absent.asEmpty(imagePullSecrets);
    secrets = Absent.asEmpty(secrets);
    ssh = Absent.asEmpty(ssh);
    sandbox = sandbox == null ? SandboxChoice.auto : sandbox;
    workspace = workspace == null ? Workspace.DEFAULT : workspace;
    timeout = timeout == null ? DEFAULT_TIMEOUT : timeout;
    execution = execution == null ? Execution.auto : execution;
    stages = Absent.asEmpty(stages);
    retries = retries == null ? Integer.valueOf(DEFAULT_RETRIES) : retries;
    historyLimit = historyLimit == null ? Integer.valueOf(DEFAULT_HISTORY) : historyLimit;
    concurrencyPolicy = concurrencyPolicy == null ? ConcurrencyPolicy.Replace : concurrencyPolicy;
  }
}
