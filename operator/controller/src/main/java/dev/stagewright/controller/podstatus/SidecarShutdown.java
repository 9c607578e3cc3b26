package dev.stagewright.controller.podstatus;

import dev.stagewright.controller.run.PodContainer;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Objects;
import java.util.Set;

/**
 * Shuts down a Pod that only sidecars keep running after its tasks have ended. Sidecars that a
 * service mesh injects would otherwise run until the deadline of the Pod, and the Pod would count
 * against quotas. Setting a short deadline makes the kubelet end the Pod, which keeps its logs.
 */
public final class SidecarShutdown {
  /** The {@code activeDeadlineSeconds} that ends a Pod now; no other Pod has a value this low. */
  public static final long DEADLINE_SECONDS = 1;

  private static final Set<String> FINAL = Set.of("Succeeded", "Failed");

  private SidecarShutdown() {}

  /** Whether the operator has already set the short deadline. */
  static boolean isRequested(Pod pod) {
    var deadline = pod.getSpec().getActiveDeadlineSeconds();
    return deadline != null && deadline == DEADLINE_SECONDS;
  }

  /** Whether only sidecars keep the Pod running. */
  static boolean isNeeded(Pod pod) {
    var status = pod.getStatus();
    return status != null
        && !FINAL.contains(Objects.toString(status.getPhase(), ""))
        && !isRequested(pod)
        && pod.getMetadata().getDeletionTimestamp() == null
        && status.getContainerStatuses().stream().anyMatch(SidecarShutdown::isTask)
        && status.getContainerStatuses().stream()
            .filter(SidecarShutdown::isTask)
            .allMatch(SidecarShutdown::hasEnded)
        && status.getContainerStatuses().stream().anyMatch(it -> !isTask(it) && !hasEnded(it));
  }

  private static boolean isTask(ContainerStatus container) {
    return PodContainer.isTask(container.getName());
  }

  private static boolean hasEnded(ContainerStatus container) {
    return container.getState() != null && container.getState().getTerminated() != null;
  }
}
