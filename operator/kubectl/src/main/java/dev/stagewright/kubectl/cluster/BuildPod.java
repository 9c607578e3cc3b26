package dev.stagewright.kubectl.cluster;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A Pod of a run.
 *
 * @param task {@code prepare}, {@code push}, or the ID of the stage
 * @param attempt number of the attempt of the task, counted from 1
 * @param state state of the container
 */
public record BuildPod(String name, String task, int attempt, State state) {

  /** The state of the container, with the names that Kubernetes uses. */
  public enum State {
    /** The container has not started: there is no log. */
    WAITING,
    /** The container writes to its log. */
    RUNNING,
    /** The container no longer writes to its log. */
    TERMINATED
  }

  static BuildPod of(Pod pod) {
    var labels = Optional.ofNullable(pod.getMetadata().getLabels()).orElse(Map.of());
    return new BuildPod(
        pod.getMetadata().getName(),
        labels.getOrDefault(RunLabels.TASK, ""),
        Integer.parseInt(labels.getOrDefault(RunLabels.ATTEMPT, "1")),
        state(pod));
  }

  static State state(Pod pod) {
    var status = pod.getStatus();
    if (status == null) {
      return State.WAITING;
    }
    if (Set.of("Succeeded", "Failed").contains(Optional.ofNullable(status.getPhase()).orElse(""))) {
      return State.TERMINATED;
    }
    return status.getContainerStatuses().stream()
        .map(ContainerStatus::getState)
        .map(BuildPod::state)
        .findFirst()
        .orElse(State.WAITING);
  }

  private static State state(ContainerState state) {
    if (state.getTerminated() != null) {
      return State.TERMINATED;
    }
    return state.getRunning() != null ? State.RUNNING : State.WAITING;
  }
}
