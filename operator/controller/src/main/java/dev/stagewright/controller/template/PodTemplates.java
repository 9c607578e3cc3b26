package dev.stagewright.controller.template;

import dev.stagewright.api.v1alpha1.ImageBuildSpec;
import dev.stagewright.api.v1alpha1.StageSettings;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes Pods of ours what the spec wants them to be. */
public record PodTemplates(ImageBuildSpec spec) {

  /**
   * The Pod with all patches.
   *
   * @param stage what the stage has of its own that runs in the Pod; empty for other Pods
   * @throws IllegalArgumentException if a patch does not fit, which {@link TemplateChecks} tells
   *     first
   */
  public Pod applyTo(Pod pod, Optional<StageSettings> stage) {
    var patches =
        Stream.concat(
                new PodPatches(spec).ofAll().stream(),
                stage.map(PodPatches::of).stream().flatMap(List::stream))
            .toList();
    if (patches.isEmpty()) {
      return pod;
    }
    var tree = PodSchema.tree(pod);
    for (var patch : patches) {
      tree = StrategicMerge.merge(tree, patch.tree());
    }
    return new RequestFit(PodSchema.pod(tree)).pod();
  }
}
