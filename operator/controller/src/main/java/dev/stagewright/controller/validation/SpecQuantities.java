package dev.stagewright.controller.decide;

import dev.stagewright.api.v1alpha1.ImageBuildSpec;
import dev.stagewright.api.v1alpha1.KubernetesQuantity;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The quantities of a spec. No schema takes all forms that Kubernetes takes, so none checks them.
 */
record SpecQuantities(ImageBuildSpec spec) {
  private static final String CPU = "cpu";

  /**
   * Checks them all.
   *
   * @throws IllegalArgumentException if one is none; it names the field
   */
  void check() {
    checkTemplate("spec.podTemplate", spec.podTemplate());
    for (var i = 0; i < spec.stages().size(); i++) {
      var stage = spec.stages().get(i);
      var field = "spec.stages[" + i + "]";
      var resources = stage.resources();
      if (resources != null) {
        check(field + ".resources.requests", resources.requests());
        check(field + ".resources.limits", resources.limits());
      }
      var retry = stage.outOfMemoryRetry();
      if (retry != null) {
        check(field + ".outOfMemoryRetry.maxMemory", retry.maxMemory(), KubernetesQuantity.BYTES);
      }
      checkTemplate(field + ".podTemplate", stage.podTemplate());
    }
  }

  private static void checkTemplate(String field, @Nullable Map<String, Object> template) {
    if (template == null || !(template.get("spec") instanceof Map<?, ?> pod)) {
      return;
    }
    for (var containers : List.of("containers", "initContainers")) {
      if (pod.get(containers) instanceof List<?> list) {
        for (var i = 0; i < list.size(); i++) {
          if (list.get(i) instanceof Map<?, ?> container
              && container.get("resources") instanceof Map<?, ?> resources) {
            var at = field + ".spec." + containers + "[" + i + "].resources.";
            checkAny(at + "requests", resources.get("requests"));
            checkAny(at + "limits", resources.get("limits"));
          }
        }
      }
    }
  }

  /** What has no value is removed from the Pod, and so no quantity. */
  private static void checkAny(String field, @Nullable Object quantities) {
    if (quantities instanceof Map<?, ?> map) {
      map.forEach((name, value) -> {
        if (value != null) {
          check(field + "." + name, value, examples(name));
        }
      });
    }
  }

  private static void check(String field, Map<String, Object> quantities) {
    quantities.forEach((name, value) -> check(field + "." + name, value, examples(name)));
  }

  private static String examples(@Nullable Object resource) {
    return CPU.equals(resource) ? KubernetesQuantity.CPU : KubernetesQuantity.BYTES;
  }

  private static void check(String field, @Nullable Object value, String examples) {
    try {
      KubernetesQuantity.read(value, examples);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(field + ": " + e.getMessage(), e);
    }
  }
}
