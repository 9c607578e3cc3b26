package dev.stagewright.controller.template;

import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What users may make of the Pods of their builds, by {@code spec.podTemplate} and {@code
 * spec.stages}. It does not concern what Stagewright itself gives its Pods.
 *
 * @param forbiddenFields patterns of fields of a Pod that cannot be set, such as {@code
 *     spec.volumes[*].hostPath}
 * @param serviceAccounts those that builds may name; {@link #ANY} among them allows all
 * @param priorityClasses the same of priority classes
 * @param runtimeClasses the same of runtime classes
 * @param maxResources the most that a container may request, or have as its limit, by resource;
 *     what is not named is not limited
 */
public record PodPolicy(
    List<FieldPath> forbiddenFields,
    Set<String> serviceAccounts,
    Set<String> priorityClasses,
    Set<String> runtimeClasses,
    Map<String, Quantity> maxResources) {
  /** In a set of names: all of them. */
  public static final String ANY = "*";

  /** What reaches out of a Pod into its node, or around the scheduler. */
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

  /** The policy of an operator that is told none. */
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
