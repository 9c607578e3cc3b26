package dev.stagewright.controller.template;

import dev.stagewright.api.v1alpha1.ImageBuildSpec;
import dev.stagewright.api.v1alpha1.StageSettings;
import dev.stagewright.controller.run.PodContainer;
import dev.stagewright.protocol.StagePlan;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Applies the templates and stage settings of a spec to the Pods of its runs. */
public record PodTemplates(ImageBuildSpec spec) {

  /** The entry of {@code spec.stages} for this stage, found by name or by index. */
  public Optional<StageSettings> settings(StagePlan stage) {
    return spec.stages().stream()
        .filter(entry ->
            entry.name().equalsIgnoreCase(stage.name()) || stage.id().equals("s" + entry.name()))
        .findFirst();
  }

  /** Whether a template adds an init container of this name. */
  public boolean hasInitContainer(String name) {
    return PodPatch.all(spec)
        .map(PodPatch::tree)
        .anyMatch(tree ->
            tree.get("spec") instanceof Map<?, ?> podSpec
                && podSpec.get("initContainers") instanceof List<?> containers
                && containers.stream().anyMatch(container -> isNamed(container, name)));
  }

  private static boolean isNamed(Object container, String name) {
    return container instanceof Map<?, ?> fields && name.equals(fields.get("name"));
  }

  /**
   * The Pod with all patches merged into it.
   *
   * @param stage the settings of the stage that the Pod runs; empty for other Pods
   * @throws IllegalArgumentException if a patch does not fit, which {@link TemplateChecks} reports
   *     beforehand
   */
  public Pod applyTo(Pod pod, Optional<StageSettings> stage) {
    var patches =
        Stream.concat(
                PodPatch.ofAllPods(spec).stream(),
                stage.map(PodPatch::ofStage).stream().flatMap(List::stream))
            .toList();
    if (patches.isEmpty()) {
      return pod;
    }
    var tree = PodSchema.tree(pod);
    for (var patch : patches) {
      tree = StrategicMerge.merge(tree, forContainersOf(pod, patch.tree()));
    }
    return withoutAbsentContainer(pod, PodSchema.pod(tree));
  }

  /**
   * In a template, {@code main} stands for each container of Stagewright: in the worker Pod, for
   * prepare and for publish.
   */
  private static Map<?, ?> forContainersOf(Pod pod, Map<?, ?> patch) {
    var names = pod.getSpec().getContainers().stream().map(Container::getName).toList();
    if (names.equals(List.of(PodContainer.MAIN))
        || !(patch.get("spec") instanceof Map<?, ?> podSpec)
        || !(podSpec.get("containers") instanceof List<?> containers)) {
      return patch;
    }
    var expanded = new LinkedHashMap<Object, Object>(podSpec);
    expanded.put(
        "containers",
        containers.stream()
            .flatMap(container ->
                container instanceof Map<?, ?> fields && isNamed(fields, PodContainer.MAIN)
                    ? names.stream().map(name -> renamed(fields, name))
                    : Stream.of(container))
            .toList());
    var result = new LinkedHashMap<Object, Object>(patch);
    result.put("spec", expanded);
    return result;
  }

  private static Map<Object, Object> renamed(Map<?, ?> container, String name) {
    var result = new LinkedHashMap<Object, Object>(container);
    result.put("name", name);
    return result;
  }

  /**
   * A template can set the resources of the runtime's init container. In a Pod without this
   * container the merge adds an incomplete one, which is removed here.
   */
  private static Pod withoutAbsentContainer(Pod pod, Pod merged) {
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
    return container.getName().equals(PodContainer.RUNTIME);
  }
}
