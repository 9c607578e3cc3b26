package dev.stagewright.controller.template;

import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The restrictions on what {@code spec.podTemplate} and {@code spec.stages} can set in Pods. They
 * do not apply to what the operator itself sets.
 *
 * @param forbiddenFields patterns of fields of a Pod that users cannot set, such as {@code
 *     spec.volumes[*].hostPath}
 * @param serviceAccounts the allowed service accounts; {@link #ANY} allows all
 * @param priorityClasses the allowed priority classes; {@link #ANY} allows all
 * @param runtimeClasses the allowed runtime classes; {@link #ANY} allows all
 * @param maxResources the maximum request and limit of a container, by resource; other resources
 *     are not restricted
 */
public record PodPolicy(
    List<FieldPath> forbiddenFields,
    Set<String> serviceAccounts,
    Set<String> priorityClasses,
    Set<String> runtimeClasses,
    Map<String, Quantity> maxResources) {
  /** Allows every name. */
  public static final String ANY = "*";

  /** Fields that give access to the node or bypass the scheduler. */
  public static final List<FieldPath> NODE_FIELDS =
      Stream.of(
              "spec.hostNetwork",
              "spec.hostPID",
              "spec.hostIPC",
              "spec.nodeName",
              "spec.securityContext.sysctls",
              "spec.volumes[*].hostPath",
              "spec.volumes[*].projected.sources[*].serviceAccountToken",
              "spec.containers[*].ports[*].hostPort",
              "spec.containers[*].volumeMounts[*].mountPropagation",
              "spec.initContainers[*].ports[*].hostPort",
              "spec.initContainers[*].volumeMounts[*].mountPropagation",
              "spec.initContainers[*].securityContext.allowPrivilegeEscalation",
              "spec.initContainers[*].securityContext.capabilities.add",
              "spec.initContainers[*].securityContext.privileged",
              "spec.initContainers[*].securityContext.procMount")
          .map(FieldPath::parse)
          .toList();

  /** The policy if the configuration has none. */
  public static final PodPolicy DEFAULT =
      new PodPolicy(NODE_FIELDS, Set.of(ANY), Set.of(ANY), Set.of(ANY), Map.of());

  /** Copies the collections. */
  public PodPolicy {
    forbiddenFields = List.copyOf(forbiddenFields);
    serviceAccounts = Set.copyOf(serviceAccounts);
    priorityClasses = Set.copyOf(priorityClasses);
    runtimeClasses = Set.copyOf(runtimeClasses);
    maxResources = Map.copyOf(maxResources);
  }
}
