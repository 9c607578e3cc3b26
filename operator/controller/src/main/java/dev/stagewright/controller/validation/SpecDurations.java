package dev.stagewright.controller.validation;

import dev.stagewright.api.v1alpha1.ImageBuildSpec;
import dev.stagewright.api.v1alpha1.KubernetesDuration;
import org.jspecify.annotations.Nullable;

/** Validates the durations of a spec, which the schema cannot validate completely. */
public record SpecDurations(ImageBuildSpec spec) {

  /**
   * Checks all durations.
   *
   * @throws IllegalArgumentException if one is invalid; the message names the field
   */
  public void check() {
    check("spec.timeout", spec.timeout());
    var stream = spec.source().stream();
    check("spec.source.stream.timeout", stream == null ? null : stream.timeout());
    check("spec.ttlAfterFinished", spec.ttlAfterFinished());
    for (var i = 0; i < spec.stages().size(); i++) {
      check("spec.stages[" + i + "].timeout", spec.stages().get(i).timeout());
    }
  }

  private static void check(String field, @Nullable String value) {
    if (value == null) {
      return;
    }
    try {
      KubernetesDuration.parse(value);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(field + ": " + e.getMessage(), e);
    }
  }
}
