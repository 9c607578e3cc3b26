package dev.stagewright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one stage has of its own. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record StageSettings(
    @JsonPropertyDescription(
            "The stage: its name after AS, or its index in the Dockerfile, counted from 0. A name"
                + " that the Dockerfile lacks fails the build.")
        @Required
        @Size(min = 1, max = 128) String name,
    @JsonPropertyDescription("What its container asks for, and its limits.")
        @Nullable StageResources resources,
    @JsonPropertyDescription("Labels that its node must have.") @Size(max = 64) Map<String, String> nodeSelector,
    @JsonPropertyDescription("Taints of nodes that it bears.") @Size(max = 64) List<StageToleration> tolerations,
    @JsonPropertyDescription("Affinity of its Pod, as Pods have it.")
        @Nullable Map<String, Object> affinity,
    @JsonPropertyDescription("Runtime class of its Pod, for example of a stronger sandbox.")
        @Size(min = 1, max = 253) @Nullable String runtimeClassName,
    @JsonPropertyDescription("Priority class of its Pod.") @Size(min = 1, max = 253) @Nullable String priorityClassName,
    @JsonPropertyDescription(
            "Secrets for `RUN --mount=type=secret` that only this stage may have. One of the build's"
                + " with the same id is hidden by it.")
        @Size(max = 16) List<BuildSecret> secrets,
    @JsonPropertyDescription(
            "What the stage may reach. `none`: nothing, by a NetworkPolicy, which the cluster's"
                + " network must enforce. `default`: what the namespace lets Pods reach.")
        @Nullable StageNetwork networkPolicy,
    @JsonPropertyDescription("Volumes that its instructions see, and that no layer gets.")
        @Size(max = 16) List<StageVolume> volumes,
    @JsonPropertyDescription(
            "Sandbox of this stage, in place of `spec.sandbox`: `inPlace`, `userNamespace` or"
                + " `auto`.")
        @Nullable SandboxChoice sandbox,
    @JsonPropertyDescription(
            "How long the stage may take once it runs, as a duration such as `10m`. Default: as long"
                + " as the run.")
        @Size(min = 2, max = 32) @Nullable String timeout,
    @JsonPropertyDescription(
            "What to do when the stage runs out of memory. Default: the build fails.")
        @Nullable OutOfMemoryRetry outOfMemoryRetry,
    @JsonPropertyDescription(
            "Merged into the stage's Pod after `spec.podTemplate`, by the rules of strategic merge"
                + " patches. The container is called `main`.")
        @Nullable Map<String, Object> podTemplate) {

  /** Absent collections are empty ones. */
  public StageSettings {
    nodeSelector = Absent.asEmpty(nodeSelector);
    tolerations = Absent.asEmpty(tolerations);
    secrets = Absent.asEmpty(secrets);
    volumes = Absent.asEmpty(volumes);
  }

  /** What a stage may reach. */
  public enum StageNetwork {
    none,
    @JsonProperty("default")
    standard
  }
}
