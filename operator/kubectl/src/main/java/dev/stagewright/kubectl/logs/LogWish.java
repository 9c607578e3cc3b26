package dev.stagewright.kubectl.logs;

import dev.stagewright.kubectl.cluster.BuildPod;
import java.util.List;
import java.util.Optional;

/**
 * Which logs are wanted.
 *
 * @param stage name of the only stage that is wanted, or {@code prepare} or {@code push}
 * @param allAttempts whether Pods that another of their part has followed are wanted too
 */
public record LogWish(Optional<String> stage, boolean allAttempts) {

  /** Whether a Pod's log is among them. */
  boolean wants(BuildPod pod, StageNames names) {
    return stage.isEmpty() || names.inPodOf(pod.part()).contains(stage.get());
  }

  /** Whether what this one says is among them. */
  boolean wants(String speaker) {
    return stage.isEmpty() || stage.get().equals(speaker);
  }

  /** Of all Pods, those whose logs are told from the start: by their parts' order. */
  List<BuildPod> choose(List<BuildPod> pods, StageNames names) {
    return names.sorted(pods).stream()
        .filter(pod -> wants(pod, names))
        .filter(pod -> allAttempts || isLatest(pod, pods))
        .toList();
  }

  private static boolean isLatest(BuildPod pod, List<BuildPod> pods) {
    return pods.stream()
        .noneMatch(other -> other.part().equals(pod.part()) && other.attempt() > pod.attempt());
  }
}
