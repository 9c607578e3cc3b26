package dev.stagewright.controller.config;

import dev.stagewright.controller.template.FieldPath;
import dev.stagewright.controller.template.PodPolicy;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The property {@code podPolicy} of the YAML file. Absent properties are null. */
record PolicySection(
    @Nullable List<String> forbiddenFields,
    @Nullable Set<String> serviceAccounts,
    @Nullable Set<String> priorityClasses,
    @Nullable Set<String> runtimeClasses,
    @Nullable Map<String, String> maxResources) {

  /**
   * @throws IllegalArgumentException if a value is invalid; the message names the property
   */
  PodPolicy toPolicy() {
    var defaults = PodPolicy.DEFAULT;
    return new PodPolicy(
        Optional.ofNullable(forbiddenFields)
            .map(PolicySection::paths)
            .orElse(defaults.forbiddenFields()),
        Optional.ofNullable(serviceAccounts).orElse(defaults.serviceAccounts()),
        Optional.ofNullable(priorityClasses).orElse(defaults.priorityClasses()),
        Optional.ofNullable(runtimeClasses).orElse(defaults.runtimeClasses()),
        Optional.ofNullable(maxResources)
            .map(PolicySection::quantities)
            .orElse(defaults.maxResources()));
  }

  private static List<FieldPath> paths(List<String> patterns) {
    try {
      return patterns.stream().map(FieldPath::parse).toList();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("podPolicy.forbiddenFields: " + e.getMessage(), e);
    }
  }

  private static Map<String, Quantity> quantities(Map<String, String> texts) {
    var quantities = new LinkedHashMap<String, Quantity>();
    texts.forEach((name, text) -> {
      try {
        var quantity = new Quantity(text);
        quantity.getNumericalAmount();
        quantities.put(name, quantity);
      } catch (IllegalArgumentException | ArithmeticException e) {
        throw new IllegalArgumentException(
            "podPolicy.maxResources: "
                + name
                + " must be a quantity such as 4Gi, but is '"
                + text
                + "'",
            e);
      }
    });
    return quantities;
  }
}
