package dev.stagewright.controller.observe;

import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.controller.run.BuildRun;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.util.List;

/**
 * The run of an ImageBuild to reconcile.
 *
 * @param run the run
 * @param build with the spec of that run
 * @param objects without those of later runs
 * @param unstored ConfigMaps with specs that must still be stored
 */
public record RunSelection(
    BuildRun run, ImageBuild build, BuildObjects objects, List<ConfigMap> unstored) {

  /** Copies the list. */
  public RunSelection {
    unstored = List.copyOf(unstored);
  }
}
