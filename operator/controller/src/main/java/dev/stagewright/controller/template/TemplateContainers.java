package dev.stagewright.controller.template;

import dev.stagewright.api.v1alpha1.ImageBuildSpec;
import java.util.List;
import java.util.Map;

/** The containers that a spec's templates give Pods. */
public record TemplateContainers(ImageBuildSpec spec) {
  /** Whether a template has an init container of this name. */
  public boolean hasInit(String name) {
    return new PodPatches(spec)
        .all()
        .map(PodPatch::tree)
        .anyMatch(tree ->
            tree.get("spec") instanceof Map<?, ?> podSpec
                && podSpec.get("initContainers") instanceof List<?> containers
                && containers.stream().anyMatch(it -> isNamed(it, name)));
  }

  private static boolean isNamed(Object container, String name) {
    return container instanceof Map<?, ?> fields && name.equals(fields.get("name"));
  }
}
