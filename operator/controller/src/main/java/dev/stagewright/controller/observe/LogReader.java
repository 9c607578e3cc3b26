package dev.stagewright.controller.observe;

import dev.stagewright.api.v1alpha1.ImageBuildStatus;
import dev.stagewright.controller.cluster.Cluster;
import dev.stagewright.controller.podstatus.PodFacts;
import dev.stagewright.controller.podstatus.PodState;
import dev.stagewright.controller.podstatus.PodTermination;
import dev.stagewright.controller.run.BuildRun;
import dev.stagewright.controller.run.Task;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the logs that decisions need: those of running stages, which are polled in the background,
 * and those of failed Pods, which are read at once.
 */
record LogReader(
    Cluster cluster, RunningLogs running, BuildRun run, Optional<ImageBuildStatus> previous) {

  Map<String, LogTail> read(List<PodFacts> pods) {
    if (previous.filter(ImageBuildStatus::hasEnded).isPresent()) {
      return running.follow(run, Map.of());
    }
    var followed = new HashMap<String, Instant>();
    var logs = new HashMap<String, LogTail>();
    for (var pod : pods) {
      if (pod.state() instanceof PodState.Running(var since) && isFollowed(pod)) {
        followed.put(pod.name(), since);
      } else if (hasFailed(pod)) {
        logs.put(pod.name(), new LogTails(cluster).read(run.namespace(), pod.name()));
      }
    }
    logs.putAll(running.follow(run, followed));
    return Map.copyOf(logs);
  }

  /** The node of a Pod that is being deleted may be lost, so requests to it may time out. */
  private static boolean isFollowed(PodFacts pod) {
    return pod.task() instanceof Task.Stage && !pod.isStopping();
  }

  private static boolean hasFailed(PodFacts pod) {
    return switch (pod.termination().orElse(null)) {
      case PodTermination.Failed _,
          PodTermination.OutOfMemory _,
          PodTermination.Crashed _,
          PodTermination.DeadlineExceeded _ ->
          true;
      case null, default -> false;
    };
  }
}
