package dev.stagewright.kubectl.logs;

import dev.stagewright.kubectl.cluster.BuildPod;
import java.util.List;
import java.util.Optional;

/**
 * The logs to print.
 *
 * @param stage name of the only stage to print, or {@code prepare} or {@code push}
 * @param allAttempts whether to print Pods that were replaced by a later attempt
 */
public record LogSelection(Optional<String> stage, boolean allAttempts) {

  /** Whether the selection includes the log of a Pod. */
  boolean includes(BuildPod pod, TaskNames names) {
    return stage.isEmpty() || names.namesInPod(pod.task()).contains(stage.get());
  }

  /** Whether the selection includes the lines of this source. */
  boolean includes(String source) {
    return stage.isEmpty() || stage.get().equals(source);
  }

  /** Selects the Pods whose logs to print, in the order of their tasks. */
  List<BuildPod> select(List<BuildPod> pods, TaskNames names) {
    return names.sorted(pods).stream()
        .filter(pod -> includes(pod, names))
        .filter(pod -> allAttempts || isLatest(pod, pods))
        .toList();
  }

  private static boolean isLatest(BuildPod pod, List<BuildPod> pods) {
    return pods.stream()
        .noneMatch(other -> other.task().equals(pod.task()) && other.attempt() > pod.attempt());
  }
}
