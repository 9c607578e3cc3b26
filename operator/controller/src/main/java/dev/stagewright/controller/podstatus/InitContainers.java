package dev.stagewright.controller.podstatus;

import dev.stagewright.controller.run.PodContainer;
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
 * Reads the init containers of a Pod: Stagewright's own, those of a template, and those that the
 * cluster's admission has injected. The kubelet restarts sidecars ({@code restartPolicy: Always}),
 * so their exit code does not matter.
 */
final class InitContainers {
  private InitContainers() {}

  /** Whether a container is not part of Stagewright. */
  static boolean isForeign(String container) {
    return !PodContainer.isOwn(container);
  }

  /** The state of an init container of Stagewright that failed. */
  static Optional<ContainerStateTerminated> failedOwn(Pod pod) {
    return ended(pod)
        .filter(container -> !isForeign(container.getName()))
        .map(container -> container.getState().getTerminated())
        .filter(terminated -> terminated.getExitCode() != 0)
        .findFirst();
  }

  /** The failure of an init container that is not part of Stagewright; it ends the Pod. */
  static Optional<PodTermination> foreignFailure(Pod pod) {
    var sidecars = sidecars(pod);
    return ended(pod)
        .filter(container -> isForeign(container.getName()))
        .filter(container -> !sidecars.contains(container.getName()))
        .filter(container -> container.getState().getTerminated().getExitCode() != 0)
        .map(container -> failure(container.getName(), container.getState().getTerminated()))
        .findFirst();
  }

  private static PodTermination failure(String name, ContainerStateTerminated terminated) {
    var reason = Objects.toString(terminated.getReason(), "");
    var message = Objects.toString(terminated.getMessage(), "").strip();
    var cause =
        "exit code "
            + terminated.getExitCode()
            + (reason.isEmpty() ? "" : " " + reason)
            + (message.isEmpty() ? "" : ": " + message);
    var finishedAt = terminated.getFinishedAt();
    return new PodTermination.InitContainerFailed(
        name, cause, finishedAt == null ? Instant.EPOCH : Instant.parse(finishedAt));
  }

  /** The first running init container, not of Stagewright, that blocks the next container. */
  static Optional<String> blocking(Pod pod) {
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
        .filter(InitContainers::isForeign)
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
