package dev.stagewright.controller.observe;

import dev.stagewright.api.v1alpha1.ImageBuild;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.util.List;

/**
 * Which generation to build.
 *
 * @param build as it was at that generation
 * @param objects without those of generations that are to follow
 * @param unstored specs that are to be kept and are not yet
 */
public record RunSelection(ImageBuild build, BuildObjects objects, List<ConfigMap> unstored) {

  /** Copies the list. */
  public RunSelection {
    unstored = List.copyOf(unstored);
  }
}
