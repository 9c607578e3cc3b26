package dev.stagewright.controller.decide;

import dev.stagewright.api.v1alpha1.ImageBuildSpec;
import dev.stagewright.api.v1alpha1.KubernetesDuration;
import org.jspecify.annotations.Nullable;

/** The durations of a spec. The schema cannot check all of them. */
record SpecDurations(ImageBuildSpec spec) {

  /**
   * Checks them all.
   *
   * @throws IllegalArgumentException if one is none; it names the field
   */
  void check() {
    check("spec.timeout", spec.timeout());
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
