package dev.stagewright.controller.observe;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The init containers of a Pod: ours, those of a template, and those that the cluster's admission
 * has added. Sidecars among them ({@code restartPolicy: Always}) are started again by the kubelet,
 * and end with the Pod in whatever way.
 */
final class InitContainers {
  private static final Set<String> OURS = Set.of("main", "runtime");

  private InitContainers() {}

  /** Whether a container is none that Stagewright itself gives its Pods. */
  static boolean isOfOthers(String container) {
    return !OURS.contains(container);
  }

  /** How that of ours ended that failed. */
  static Optional<ContainerStateTerminated> failedOfOurs(Pod pod) {
    return ended(pod)
        .filter(container -> !isOfOthers(container.getName()))
        .map(container -> container.getState().getTerminated())
        .filter(terminated -> terminated.getExitCode() != 0)
        .findFirst();
  }

  /** The one of others that failed, which ends the Pod. */
  static Optional<PodState> failed(Pod pod) {
    var sidecars = sidecars(pod);
    return ended(pod)
        .filter(container -> isOfOthers(container.getName()))
        .filter(container -> !sidecars.contains(container.getName()))
        .filter(container -> container.getState().getTerminated().getExitCode() != 0)
        .map(container -> failed(container.getName(), container.getState().getTerminated()))
        .findFirst();
  }

  private static PodState failed(String name, ContainerStateTerminated terminated) {
    var reason = Objects.toString(terminated.getReason(), "");
    var message = Objects.toString(terminated.getMessage(), "").strip();
    var why =
        "exit code "
            + terminated.getExitCode()
            + (reason.isEmpty() ? "" : " " + reason)
            + (message.isEmpty() ? "" : ": " + message);
    var finishedAt = terminated.getFinishedAt();
    return new PodState.InitFailed(
        name, why, finishedAt == null ? Instant.EPOCH : Instant.parse(finishedAt));
  }

  /** The first one of others that runs and has not let the next container start. */
  static Optional<String> unfinished(Pod pod) {
    if (pod.getStatus() == null) {
      return Optional.empty();
    }
    var sidecars = sidecars(pod);
    return pod.getStatus().getInitContainerStatuses().stream()
        .filter(container -> container.getState() != null)
        .filter(container -> container.getState().getRunning() != null)
        .filter(container ->
            !sidecars.contains(container.getName()) || !Boolean.TRUE.equals(container.getStarted()))
        .map(ContainerStatus::getName)
        .filter(InitContainers::isOfOthers)
        .findFirst();
  }

  private static Stream<ContainerStatus> ended(Pod pod) {
    return pod.getStatus().getInitContainerStatuses().stream()
        .filter(container -> container.getState() != null)
        .filter(container -> container.getState().getTerminated() != null);
  }

  private static Set<String> sidecars(Pod pod) {
    return pod.getSpec().getInitContainers().stream()
        .filter(container -> "Always".equals(container.getRestartPolicy()))
        .map(Container::getName)
        .collect(Collectors.toSet());
  }
}
