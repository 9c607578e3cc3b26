package dev.stagewright.controller.observe;

import dev.stagewright.api.v1alpha1.ImageBuild;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.util.List;

/**
 * The generation of an ImageBuild to reconcile.
 *
 * @param build with the spec of that generation
 * @param objects without those of later generations
 * @param unstored ConfigMaps with specs that must still be stored
 */
public record RunSelection(ImageBuild build, BuildObjects objects, List<ConfigMap> unstored) {

  /** Copies the list. */
  public RunSelection {
    unstored = List.copyOf(unstored);
  }
}
