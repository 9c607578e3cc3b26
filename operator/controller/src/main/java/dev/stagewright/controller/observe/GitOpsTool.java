package dev.stagewright.controller.observe;

import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A tool that creates objects again after they were deleted, and how to recognize its objects.
 *
 * @param keys prefixes of the labels and annotations that the tool sets
 * @param managers prefixes of the tool's field managers
 */
record GitOpsTool(String name, List<String> keys, List<String> managers) {
  private static final List<GitOpsTool> KNOWN =
      List.of(
          new GitOpsTool("Argo CD", List.of("argocd.argoproj.io/"), List.of("argocd")),
          new GitOpsTool(
              "Flux",
              List.of("kustomize.toolkit.fluxcd.io/", "helm.toolkit.fluxcd.io/"),
              List.of("kustomize-controller", "helm-controller", "flux")),
          new GitOpsTool("kapp", List.of("kapp.k14s.io/"), List.of("kapp")),
          new GitOpsTool(
              "Config Sync",
              List.of("configsync.gke.io/", "configmanagement.gke.io/"),
              List.of("configsync")),
          new GitOpsTool("Rancher Fleet", List.of("objectset.rio.cattle.io/"), List.of("fleet")),
          new GitOpsTool("Sveltos", List.of("projectsveltos.io/"), List.of("addon-controller")),
          new GitOpsTool(
              "Crossplane", List.of("crossplane.io/"), List.of("apiextensions.crossplane")),
          new GitOpsTool(
              "a tool with an inventory", List.of("config.k8s.io/owning-inventory"), List.of()),
          new GitOpsTool("an ApplySet", List.of("applyset.kubernetes.io/part-of"), List.of()));

  /** The tool that manages an object, with the evidence: {@code Flux (label …)}. */
  static Optional<String> applying(ObjectMeta metadata) {
    return KNOWN.stream().flatMap(tool -> tool.evidence(metadata).stream()).findFirst();
  }

  private Optional<String> evidence(ObjectMeta metadata) {
    return Stream.of(
            key(metadata.getAnnotations()).map(key -> "annotation " + key),
            key(metadata.getLabels()).map(key -> "label " + key),
            manager(metadata).map(manager -> "field manager " + manager))
        .flatMap(Optional::stream)
        .findFirst()
        .map(evidence -> name + " (" + evidence + ")");
  }

  private Optional<String> key(@Nullable Map<String, String> entries) {
    return entries == null
        ? Optional.empty()
        : entries.keySet().stream()
            .filter(key -> keys.stream().anyMatch(key::startsWith))
            .sorted()
            .findFirst();
  }

  private Optional<String> manager(ObjectMeta metadata) {
    return Stream.ofNullable(metadata.getManagedFields())
        .flatMap(List::stream)
        .map(ManagedFieldsEntry::getManager)
        .filter(manager -> manager != null && managers.stream().anyMatch(manager::startsWith))
        .findFirst();
  }
}
