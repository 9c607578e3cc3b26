package dev.stagewright.controller.validation;

import dev.stagewright.api.v1alpha1.ImageBuildSpec;
import dev.stagewright.api.v1alpha1.KubernetesQuantity;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Validates the quantities of a spec. A schema cannot describe all forms that Kubernetes accepts.
 */
public record SpecQuantities(ImageBuildSpec spec) {
  private static final String CPU = "cpu";

  /**
   * Checks all quantities.
   *
   * @throws IllegalArgumentException if one is invalid; the message names the field
   */
  public void check() {
    checkTemplate("spec.podTemplate", spec.podTemplate());
    var stream = spec.source().stream();
    if (stream != null && stream.maxSize() != null) {
      check("spec.source.stream.maxSize", stream.maxSize().toString(), KubernetesQuantity.BYTES);
    }
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
            var path = field + ".spec." + containers + "[" + i + "].resources.";
            checkAny(path + "requests", resources.get("requests"));
            checkAny(path + "limits", resources.get("limits"));
          }
        }
      }
    }
  }

  /** A null value removes the field from the Pod, so it is not a quantity. */
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
