package dev.stagewright.controller.template;

import dev.stagewright.api.v1alpha1.ImageBuildSpec;
import dev.stagewright.api.v1alpha1.StageSettings;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
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
    return withoutAbsent(pod, new RequestClamp(PodSchema.pod(tree)).pod());
  }

  /** What a template asks for our init container concerns only Pods that have it. */
  private static Pod withoutAbsent(Pod pod, Pod merged) {
    return pod.getSpec().getInitContainers().stream().anyMatch(PodTemplates::isRuntime)
        ? merged
        : new PodBuilder(merged)
            .editSpec()
            .withInitContainers(
                merged.getSpec().getInitContainers().stream()
                    .filter(init -> !isRuntime(init))
                    .toList())
            .endSpec()
            .build();
  }

  private static boolean isRuntime(Container container) {
    return container.getName().equals("runtime");
  }
}
