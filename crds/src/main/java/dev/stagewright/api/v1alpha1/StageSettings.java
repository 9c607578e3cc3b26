package dev.stagewright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Settings of one stage. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record StageSettings(
    @JsonPropertyDescription(
            "Name of the stage (`FROM … AS name`), or its index in the Dockerfile, starting at"
                + " 0. The build fails if the Dockerfile has no such stage.")
        @Required
        @Size(min = 1, max = 128) String name,
    @JsonPropertyDescription("Resource requests and limits of the container.")
        @Nullable StageResources resources,
    @JsonPropertyDescription("Labels that a node must have for the Pod to be scheduled on it.")
        @Size(max = 64) Map<String, String> nodeSelector,
    @JsonPropertyDescription("Tolerations of the Pod.") @Size(max = 64) List<StageToleration> tolerations,
    @JsonPropertyDescription(
            "Scheduling constraints of the Pod, in the format of `affinity` of a Pod.")
        @Nullable Map<String, Object> affinity,
    @JsonPropertyDescription(
            "RuntimeClass of the Pod, for example of a runtime with stronger isolation.")
        @Size(min = 1, max = 253) @Nullable String runtimeClassName,
    @JsonPropertyDescription("PriorityClass of the Pod.") @Size(min = 1, max = 253) @Nullable String priorityClassName,
    @JsonPropertyDescription(
            "Secrets for `RUN --mount=type=secret` that only this stage can access. They take"
                + " precedence over secrets of the build with the same ID.")
        @Size(max = 16) List<BuildSecret> secrets,
    @JsonPropertyDescription(
            "Network access of the stage. `none` denies all traffic with a NetworkPolicy, which"
                + " the network plugin of the cluster must enforce. `default` allows the traffic"
                + " that the policies of the namespace allow.")
        @Nullable StageNetwork networkPolicy,
    @JsonPropertyDescription(
            "Volumes that are mounted for the instructions of the stage. Their files do not"
                + " become part of a layer.")
        @Size(max = 16) List<StageVolume> volumes,
    @JsonPropertyDescription(
            "Sandbox of the stage: `inPlace`, `userNamespace` or `auto`. Overrides"
                + " `spec.sandbox`.")
        @Nullable SandboxChoice sandbox,
    @JsonPropertyDescription(
            "Maximum time that the stage can run, as a duration such as `10m`. If not set, only"
                + " the timeout of the run applies.")
        @Size(min = 2, max = 32) @Nullable String timeout,
    @JsonPropertyDescription(
            "Retry with more memory if the stage runs out of memory. If not set, the build"
                + " fails.")
        @Nullable OutOfMemoryRetry outOfMemoryRetry,
    @JsonPropertyDescription(
            "Template that is merged into the Pod of the stage as a strategic merge patch,"
                + " after `spec.podTemplate`. The name of the container is `main`.")
        @Nullable Map<String, Object> podTemplate) {

  /** Replaces absent collections by empty ones. */
  public StageSettings {
    nodeSelector = Absent.asEmpty(nodeSelector);
    tolerations = Absent.asEmpty(tolerations);
    secrets = Absent.asEmpty(secrets);
    volumes = Absent.asEmpty(volumes);
  }

  /** Network access of a stage. */
  public enum StageNetwork {
    none,
    @JsonProperty("default")
    standard
  }
}
