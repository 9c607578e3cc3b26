package dev.stagewright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.kubernetes.api.model.Quantity;

/** Retries of a stage with more memory. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record OutOfMemoryRetry(
    @JsonPropertyDescription(
            "Maximum memory limit of a retry. Each retry doubles the memory limit of the"
                + " previous attempt, up to this value.")
        @Required
        Object maxMemory) {

  /**
   * The maximum memory limit of a retry.
   *
   * @throws IllegalArgumentException if the value is not a quantity
   */
  public Quantity most() {
    return KubernetesQuantity.read(maxMemory, KubernetesQuantity.BYTES);
  }
}
