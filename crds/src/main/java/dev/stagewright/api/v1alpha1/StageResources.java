package dev.stagewright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.Map;

/**
 * What a container asks for, and its limits. Quantities are numbers or text, see {@link
 * KubernetesQuantity}.
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record StageResources(
    @JsonPropertyDescription("What the node must have free, by resource.")
        Map<String, Object> requests,
    @JsonPropertyDescription("What the container cannot exceed, by resource.")
        Map<String, Object> limits) {

  /** Absent maps are empty ones. */
  public StageResources {
    requests = Absent.asEmpty(requests);
    limits = Absent.asEmpty(limits);
  }
}
