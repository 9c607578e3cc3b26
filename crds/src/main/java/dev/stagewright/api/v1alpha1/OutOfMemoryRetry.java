package dev.stagewright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.kubernetes.api.model.Quantity;

/** More memory for a stage that ran out of it. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record OutOfMemoryRetry(
    @JsonPropertyDescription(
            "The most that the limit may become. Each further attempt has twice the memory of the"
                + " one before.")
        @Required
        Object maxMemory) {

  /**
   * The most that the limit may become.
   *
   * @throws IllegalArgumentException if it is not a quantity
   */
  public Quantity most() {
    return KubernetesQuantity.read(maxMemory, KubernetesQuantity.BYTES);
  }
}
