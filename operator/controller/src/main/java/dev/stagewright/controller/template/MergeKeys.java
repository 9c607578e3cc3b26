package dev.stagewright.controller.template;

import java.util.Map;
import java.util.Optional;

/**
 * The lists of a Pod whose elements strategic merge patches tell apart by a key; all other lists
 * are replaced as a whole. As {@code patchMergeKey} of the Kubernetes API has it.
 */
final class MergeKeys {
  private static final Map<String, String> BY_FIELD =
      Map.ofEntries(
          Map.entry("containers", "name"),
          Map.entry("initContainers", "name"),
          Map.entry("ephemeralContainers", "name"),
          Map.entry("volumes", "name"),
          Map.entry("imagePullSecrets", "name"),
          Map.entry("schedulingGates", "name"),
          Map.entry("resourceClaims", "name"),
          Map.entry("env", "name"),
          Map.entry("volumeMounts", "mountPath"),
          Map.entry("volumeDevices", "devicePath"),
          Map.entry("ports", "containerPort"),
          Map.entry("hostAliases", "ip"),
          Map.entry("topologySpreadConstraints", "topologyKey"),
          Map.entry("ownerReferences", "uid"));

  private MergeKeys() {}

  /** The key of the elements of this field; empty for a list that is replaced. */
  static Optional<String> of(String field) {
    return Optional.ofNullable(BY_FIELD.get(field));
  }

  /** What an element is called in a path. */
  static String nameOf(String field, Object element, int index) {
    return of(field)
        .filter(_ -> element instanceof Map<?, ?>)
        .flatMap(key -> Optional.ofNullable(((Map<?, ?>) element).get(key)))
        .map(Object::toString)
        .orElseGet(() -> Integer.toString(index));
  }
}
