package dev.stagewright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/** A condition of an ImageBuild, following the Kubernetes API conventions. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BuildCondition(
    @JsonPropertyDescription("Type of the condition.") @Required ConditionType type,
    @JsonPropertyDescription("Status of the condition, one of True, False or Unknown.") @Required
        ConditionStatus status,
    @JsonPropertyDescription("The `metadata.generation` that the condition was set for.")
        long observedGeneration,
    @JsonPropertyDescription("Last time the condition changed from one status to another.")
        @Required
        String lastTransitionTime,
    @JsonPropertyDescription(
            "Machine-readable reason for the last transition of the condition, in CamelCase.")
        @Required
        String reason,
    @JsonPropertyDescription("Human-readable message with details about the last transition.")
        @Required
        String message) {

  /** Types of conditions. */
  public enum ConditionType {
    /** The image of the current spec is pushed. */
    Ready,
    /** The run is active. */
    Reconciling,
    /** The build cannot make progress without a change. */
    Stalled,
    /** The source is fetched, the Dockerfile evaluated and the base images resolved. */
    Prepared,
    /** All stages are complete. */
    Built,
    /** The image is in the registry. */
    Pushed
  }

  /** Status of a condition, with the names that Kubernetes uses. */
  public enum ConditionStatus {
    True,
    False,
    Unknown
  }
}
