package dev.stagewright.kubectl.cluster;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A container that performs a task of a run.
 *
 * @param task {@code prepare}, {@code publish}, or the ID of the stage
 * @param attempt number of the Pod of this kind, counted from 1
 */
public record TaskContainer(ContainerName name, String task, int attempt, State state) {
  private static final String WORKER = "worker";
  private static final String MAIN = "main";
  private static final Set<String> WORKER_TASKS = Set.of("prepare", "publish");

  /** The state of the container, with the names that Kubernetes uses. */
  public enum State {
    /** The container has not started: there is no log. */
    WAITING,
    /** The container writes to its log. */
    RUNNING,
    /** The container no longer writes to its log. */
    TERMINATED
  }

  /** The containers of a Pod: two in the worker Pod, one in the Pod of a stage. */
  static List<TaskContainer> of(Pod pod) {
    var labels = Optional.ofNullable(pod.getMetadata().getLabels()).orElse(Map.of());
    var key = labels.getOrDefault(RunLabels.POD_KEY, "");
    return key.equals(WORKER)
        ? pod.getSpec().getContainers().stream()
            .map(Container::getName)
            .filter(WORKER_TASKS::contains)
            .map(name -> of(pod, name, name))
            .toList()
        : List.of(of(pod, MAIN, key));
  }

  private static TaskContainer of(Pod pod, String container, String task) {
    var labels = Optional.ofNullable(pod.getMetadata().getLabels()).orElse(Map.of());
    return new TaskContainer(
        new ContainerName(pod.getMetadata().getName(), container),
        task,
        Integer.parseInt(labels.getOrDefault(RunLabels.ATTEMPT, "1")),
        state(pod, container));
  }

  static State state(Pod pod, String container) {
    var status = pod.getStatus();
    if (status == null) {
      return State.WAITING;
    }
    if (Set.of("Succeeded", "Failed").contains(Optional.ofNullable(status.getPhase()).orElse(""))) {
      return State.TERMINATED;
    }
    return status.getContainerStatuses().stream()
        .filter(it -> it.getName().equals(container))
        .map(ContainerStatus::getState)
        .map(TaskContainer::state)
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
