package dev.stagewright.controller.template;

import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Checks a changed field against the operator's Pod policy. */
record PolicyCheck(PodPolicy policy) {
  private static final FieldPath SERVICE_ACCOUNT = FieldPath.parse("spec.serviceAccountName");
  private static final FieldPath DEPRECATED_SERVICE_ACCOUNT =
      FieldPath.parse("spec.serviceAccount");
  private static final FieldPath PRIORITY_CLASS = FieldPath.parse("spec.priorityClassName");
  private static final FieldPath RUNTIME_CLASS = FieldPath.parse("spec.runtimeClassName");
  private static final FieldPath ANY_RESOURCE = FieldPath.parse("spec.containers[*].resources.*.*");
  private static final FieldPath ANY_INIT_RESOURCE =
      FieldPath.parse("spec.initContainers[*].resources.*.*");

  /** Why the policy forbids the change; empty if it allows it. */
  Optional<String> violation(FieldChange change) {
    return Stream.of(
            forbidden(change),
            notAllowed(change, SERVICE_ACCOUNT, "serviceAccounts", policy.serviceAccounts()),
            notAllowed(
                change, DEPRECATED_SERVICE_ACCOUNT, "serviceAccounts", policy.serviceAccounts()),
            notAllowed(change, PRIORITY_CLASS, "priorityClasses", policy.priorityClasses()),
            notAllowed(change, RUNTIME_CLASS, "runtimeClasses", policy.runtimeClasses()),
            aboveMaximum(change))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private Optional<String> forbidden(FieldChange change) {
    return policy.forbiddenFields().stream()
        .filter(change::affects)
        .findFirst()
        .map(rule -> "is forbidden by the operator's podPolicy.forbiddenFields: " + rule);
  }

  private static Optional<String> notAllowed(
      FieldChange change, FieldPath field, String rule, Set<String> allowed) {
    if (change.value() == null || !change.affects(field) || allowed.contains(PodPolicy.ANY)) {
      return Optional.empty();
    }
    return allowed.contains(change.value().toString())
        ? Optional.empty()
        : Optional.of(
            "is "
                + change.value()
                + ", but the operator's podPolicy."
                + rule
                + " allows "
                + (allowed.isEmpty()
                    ? "none"
                    : "only " + String.join(", ", allowed.stream().sorted().toList())));
  }

  private Optional<String> aboveMaximum(FieldChange change) {
    if (change.value() == null
        || !(change.affects(ANY_RESOURCE) || change.affects(ANY_INIT_RESOURCE))) {
      return Optional.empty();
    }
    var resource = change.field().segments().getLast().replaceAll("[\\[\\]]", "");
    var quantity = new Quantity(change.value().toString());
    return Optional.ofNullable(policy.maxResources().get(resource))
        .filter(max -> quantity.getNumericalAmount().compareTo(max.getNumericalAmount()) > 0)
        .map(max ->
            "is " + quantity + ", but the operator's podPolicy.maxResources allows at most " + max);
  }
}
