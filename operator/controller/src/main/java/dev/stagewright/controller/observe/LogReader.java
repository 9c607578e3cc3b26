package dev.stagewright.controller.observe;

import dev.stagewright.api.v1alpha1.ImageBuildStatus;
import dev.stagewright.controller.cluster.Cluster;
import dev.stagewright.controller.run.BuildRun;
import dev.stagewright.controller.run.Task;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells what logs say that have something to tell: those of running stages, as far as they were
 * read, and those of Pods that have failed, which are read here and now.
 */
record LogReader(
    Cluster cluster, RunningLogs running, BuildRun run, Optional<ImageBuildStatus> previous) {

  Map<String, LogTail> read(List<PodFacts> pods) {
    if (previous.map(status -> status.phase() != null && status.phase().isFinal()).orElse(false)) {
      return running.follow(run, Map.of());
    }
    var followed = new HashMap<String, Instant>();
    var logs = new HashMap<String, LogTail>();
    for (var pod : pods) {
      if (pod.state() instanceof PodState.Running(var since) && isWorthFollowing(pod)) {
        followed.put(pod.name(), since);
      } else if (hasFailed(pod)) {
        logs.put(pod.name(), new LogTails(cluster).read(run.namespace(), pod.name()));
      }
    }
    logs.putAll(running.follow(run, followed));
    return Map.copyOf(logs);
  }

  /** The node of one that is being deleted may be lost: nobody answers there for long. */
  private static boolean isWorthFollowing(PodFacts pod) {
    return pod.task() instanceof Task.Stage && !pod.stopping();
  }

  private static boolean hasFailed(PodFacts pod) {
    return switch (pod.state()) {
      case PodState.Ended ended -> ended.exitCode() != 0;
      case PodState.DeadlineExceeded _ -> true;
      case PodState.Waiting _,
          PodState.Created _,
          PodState.Running _,
          PodState.InitFailed _,
          PodState.Lost _ ->
          false;
    };
  }
}
