package dev.stagewright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.Map;

/**
 * Resource requests and limits of a container. Quantities are numbers or strings, see {@link
 * KubernetesQuantity}.
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record StageResources(
    @JsonPropertyDescription(
            "Minimum amount of resources that the container requires, by resource name.")
        Map<String, Object> requests,
    @JsonPropertyDescription(
            "Maximum amount of resources that the container can use, by resource name.")
        Map<String, Object> limits) {

  /** Replaces absent maps by empty ones. */
  public StageResources {
    requests = Absent.asEmpty(requests);
    limits = Absent.asEmpty(limits);
  }
}
