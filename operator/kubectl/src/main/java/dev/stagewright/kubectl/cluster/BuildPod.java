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
 * @param part {@code prepare}, {@code push}, or the stage's id
 * @param attempt counted from 1 inside its part
 * @param progress how far its container is
 */
public record BuildPod(String name, String part, int attempt, Progress progress) {

  /** How far a Pod's container is. */
  public enum Progress {
    /** Has not started: there is no log yet. */
    WAITING,
    /** Writes its log. */
    RUNNING,
    /** Writes no more. */
    OVER
  }

  static BuildPod of(Pod pod) {
    var labels = Optional.ofNullable(pod.getMetadata().getLabels()).orElse(Map.of());
    return new BuildPod(
        pod.getMetadata().getName(),
        labels.getOrDefault(RunLabels.PART, ""),
        Integer.parseInt(labels.getOrDefault(RunLabels.ATTEMPT, "1")),
        progress(pod));
  }

  static Progress progress(Pod pod) {
    var status = pod.getStatus();
    if (status == null) {
      return Progress.WAITING;
    }
    if (Set.of("Succeeded", "Failed").contains(Optional.ofNullable(status.getPhase()).orElse(""))) {
      return Progress.OVER;
    }
    return status.getContainerStatuses().stream()
        .map(ContainerStatus::getState)
        .map(BuildPod::progress)
        .findFirst()
        .orElse(Progress.WAITING);
  }

  private static Progress progress(ContainerState state) {
    if (state.getTerminated() != null) {
      return Progress.OVER;
    }
    return state.getRunning() != null ? Progress.RUNNING : Progress.WAITING;
  }
}
