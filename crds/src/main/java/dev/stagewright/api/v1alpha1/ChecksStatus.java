package dev.stagewright.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** Summary of the checks of the image. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record ChecksStatus(
    @JsonPropertyDescription(
            "Whether the program of the image can start: `True`, `False`, or `Unknown` if it depends"
                + " on the settings of the Pod, or the image was not checked completely. Not set if"
                + " `spec.checks.runnable` is `Off`.")
        BuildCondition.@Nullable ConditionStatus runnable,
    @JsonPropertyDescription("Number of findings with severity `Error`.") int errors,
    @JsonPropertyDescription("Number of findings with severity `Warning`.") int warnings,
    @JsonPropertyDescription("Number of findings with severity `Hint`.") int hints,
    @JsonPropertyDescription(
            "Sum of the compressed layers of the largest stage, in bytes, as far as they are known:"
                + " a stage that is not part of the image writes layers only for the cache.")
        @Nullable Long largestStageSize,
    @JsonPropertyDescription(
            "How many times the largest stage is larger than the image, such as `41.3`.")
        @Nullable String sizeRatio,
    @JsonPropertyDescription("The change that would make the image smaller by most.")
        @Nullable Saving largestSaving,
    @JsonPropertyDescription("Time that the checks took, in milliseconds.") long millis) {

  /** A change that makes the image smaller. */
  @JsonInclude(JsonInclude.Include.NON_EMPTY)
  public record Saving(
      @JsonPropertyDescription("How much smaller the image would be, in bytes.") long bytes,
      @JsonPropertyDescription("What to change.") String message) {}
}
