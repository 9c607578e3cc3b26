package dev.stagewright.controller.observe;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Objects;
import java.util.Set;

/**
 * The end of a Pod whose container {@code main} has ended. Containers that others have added to it,
 * as service meshes do, would go on for as long as the Pod may run, and it would count against
 * quotas. A Pod whose time is up is ended by its kubelet, and stays with its logs.
 */
public final class PodTermination {
  /** The {@code activeDeadlineSeconds} of a Pod that is to end now; no other has so few. */
  public static final long DEADLINE_SECONDS = 1;

  private static final Set<String> FINAL = Set.of("Succeeded", "Failed");

  private PodTermination() {}

  /** Whether a Pod is to end now because its container {@code main} has ended. */
  static boolean isAskedFor(Pod pod) {
    var deadline = pod.getSpec().getActiveDeadlineSeconds();
    return deadline != null && deadline == DEADLINE_SECONDS;
  }

  /** Whether nothing but containers of others keeps the Pod from its end. */
  static boolean isDue(Pod pod) {
    var status = pod.getStatus();
    return status != null
        && !FINAL.contains(Objects.toString(status.getPhase(), ""))
        && !isAskedFor(pod)
        && pod.getMetadata().getDeletionTimestamp() == null
        && status.getContainerStatuses().stream().anyMatch(it -> isMain(it) && hasEnded(it))
        && status.getContainerStatuses().stream().anyMatch(it -> !isMain(it) && !hasEnded(it));
  }

  private static boolean isMain(ContainerStatus container) {
    return container.getName().equals("main");
  }

  private static boolean hasEnded(ContainerStatus container) {
    return container.getState() != null && container.getState().getTerminated() != null;
  }
}
