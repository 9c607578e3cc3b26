package dev.stagewright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/** A condition after Kubernetes' API conventions. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BuildCondition(
    @JsonPropertyDescription("What is said to be so.") @Required ConditionType type,
    @JsonPropertyDescription("Whether it is so.") @Required ConditionStatus status,
    @JsonPropertyDescription("The generation that this is about.") long observedGeneration,
    @JsonPropertyDescription("When `status` last changed.") @Required String lastTransitionTime,
    @JsonPropertyDescription("Why, in one word, for machines.") @Required String reason,
    @JsonPropertyDescription("Why, in a sentence, for people.") @Required String message) {

  /** What a condition says. */
  public enum ConditionType {
    /** The image of the spec is pushed. */
    Ready,
    /** The operator is at work on it. */
    Reconciling,
    /** It will not get further without a change. */
    Stalled,
    /** Source fetched, Dockerfile read, base images resolved. */
    Prepared,
    /** All stages done. */
    Built,
    /** The image is in the registry. */
    Pushed
  }

  /** Whether it is so; names as Kubernetes has them. */
  public enum ConditionStatus {
    True,
    False,
    Unknown
  }
}
