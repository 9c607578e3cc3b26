package dev.stagewright.controller.template;

import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Holds a field against the operator's policy. */
record PolicyCheck(PodPolicy policy) {
  private static final FieldPath SERVICE_ACCOUNT = FieldPath.parse("spec.serviceAccountName");
  private static final FieldPath OLD_SERVICE_ACCOUNT = FieldPath.parse("spec.serviceAccount");
  private static final FieldPath PRIORITY_CLASS = FieldPath.parse("spec.priorityClassName");
  private static final FieldPath RUNTIME_CLASS = FieldPath.parse("spec.runtimeClassName");
  private static final FieldPath ANY_RESOURCE = FieldPath.parse("spec.containers[*].resources.*.*");
  private static final FieldPath ANY_INIT_RESOURCE =
      FieldPath.parse("spec.initContainers[*].resources.*.*");

  /** Why it cannot be set so; empty where it can. */
  Optional<String> objection(FieldChange touch) {
    return Stream.of(
            forbidden(touch),
            notAmong(touch, SERVICE_ACCOUNT, "serviceAccounts", policy.serviceAccounts()),
            notAmong(touch, OLD_SERVICE_ACCOUNT, "serviceAccounts", policy.serviceAccounts()),
            notAmong(touch, PRIORITY_CLASS, "priorityClasses", policy.priorityClasses()),
            notAmong(touch, RUNTIME_CLASS, "runtimeClasses", policy.runtimeClasses()),
            tooMuch(touch))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private Optional<String> forbidden(FieldChange touch) {
    return policy.forbiddenFields().stream()
        .filter(touch::concerns)
        .findFirst()
        .map(rule -> "is forbidden by the operator's podPolicy.forbiddenFields: " + rule);
  }

  private static Optional<String> notAmong(
      FieldChange touch, FieldPath field, String rule, Set<String> allowed) {
    if (touch.value() == null || !touch.concerns(field) || allowed.contains(PodPolicy.ANY)) {
      return Optional.empty();
    }
    return allowed.contains(touch.value().toString())
        ? Optional.empty()
        : Optional.of(
            "is "
                + touch.value()
                + ", but the operator's podPolicy."
                + rule
                + " allows only "
                + (allowed.isEmpty()
                    ? "none"
                    : String.join(", ", allowed.stream().sorted().toList())));
  }

  private Optional<String> tooMuch(FieldChange touch) {
    if (touch.value() == null
        || !(touch.concerns(ANY_RESOURCE) || touch.concerns(ANY_INIT_RESOURCE))) {
      return Optional.empty();
    }
    var resource = touch.field().segments().getLast().replaceAll("[\\[\\]]", "");
    var asked = new Quantity(touch.value().toString());
    return Optional.ofNullable(policy.maxResources().get(resource))
        .filter(max -> asked.getNumericalAmount().compareTo(max.getNumericalAmount()) > 0)
        .map(max -> "is " + asked + ", but the operator's podPolicy.maxResources allows " + max);
  }
}
