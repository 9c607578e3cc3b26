package dev.stagewright.controller.cluster;

import dev.stagewright.controller.podstatus.ModifiedFields;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntryBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Objects;

/** Removes unused fields of Pods from the cache, which can hold thousands of finished Pods. */
final class PodCacheTransform {
  private PodCacheTransform() {}

  static Pod trim(Pod pod) {
    pod.getMetadata().setManagedFields(statusTimes(pod.getMetadata().getManagedFields()));
    pod.getSpec().setVolumes(List.of());
    pod.getSpec()
        .setContainers(
            pod.getSpec().getContainers().stream().map(PodCacheTransform::trim).toList());
    pod.getSpec()
        .setInitContainers(
            pod.getSpec().getInitContainers().stream().map(PodCacheTransform::trimInit).toList());
    return pod;
  }

  /** The times of the last status updates, which have the clock of the API server. */
  private static List<ManagedFieldsEntry> statusTimes(List<ManagedFieldsEntry> entries) {
    return entries.stream()
        .filter(entry -> "status".equals(entry.getSubresource()))
        .map(entry ->
            new ManagedFieldsEntryBuilder()
                .withSubresource(entry.getSubresource())
                .withTime(entry.getTime())
                .build())
        .toList();
  }

  private static Container trim(Container container) {
    return new ContainerBuilder()
        .withName(container.getName())
        .withResources(container.getResources())
        .withSecurityContext(container.getSecurityContext())
        .withEnv(container.getEnv().stream().filter(ModifiedFields::isRelevant).toList())
        .build();
  }

  private static Container trimInit(Container container) {
    return new ContainerBuilder()
        .withName(container.getName())
        .withRestartPolicy(container.getRestartPolicy())
        .build();
  }

  /** Whether an update changes a field that the operator reads. */
  static boolean isRelevant(Pod after, Pod before) {
    return !Objects.equals(after.getStatus(), before.getStatus())
        || !Objects.equals(after.getSpec().getNodeName(), before.getSpec().getNodeName())
        || !Objects.equals(
            after.getMetadata().getDeletionTimestamp(),
            before.getMetadata().getDeletionTimestamp());
  }
}
