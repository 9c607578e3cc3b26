package dev.stagewright.kubectl.logs;

import dev.stagewright.kubectl.cluster.TaskContainer;
import java.util.List;
import java.util.Optional;

/**
 * The logs to print.
 *
 * @param stage name of the only stage to print, or {@code prepare} or {@code publish}
 * @param allAttempts whether to print Pods that were replaced by a later attempt
 */
public record LogSelection(Optional<String> stage, boolean allAttempts) {

  /** Whether the selection includes the log of a Pod. */
  boolean includes(TaskContainer pod, TaskNames names) {
    return stage.isEmpty() || names.namesInContainer(pod.task()).contains(stage.get());
  }

  /** Whether the selection includes the lines of this source. */
  boolean includes(String source) {
    return stage.isEmpty() || stage.get().equals(source);
  }

  /** Selects the Pods whose logs to print, in the order of their tasks. */
  List<TaskContainer> select(List<TaskContainer> pods, TaskNames names) {
    return names.sorted(pods).stream()
        .filter(pod -> includes(pod, names))
        .filter(pod -> allAttempts || isLatest(pod, pods))
        .toList();
  }

  private static boolean isLatest(TaskContainer pod, List<TaskContainer> pods) {
    return pods.stream()
        .noneMatch(other -> other.task().equals(pod.task()) && other.attempt() > pod.attempt());
  }
}
