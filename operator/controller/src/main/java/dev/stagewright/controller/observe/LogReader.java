package dev.stagewright.controller.observe;

import dev.stagewright.api.v1alpha1.ImageBuildStatus;
import dev.stagewright.controller.cluster.Cluster;
import dev.stagewright.controller.cluster.ContainerReference;
import dev.stagewright.controller.logs.ContainerLog;
import dev.stagewright.controller.logs.ContainerLogs;
import dev.stagewright.controller.logs.ContainerLogs.StartedContainer;
import dev.stagewright.controller.podstatus.PodFacts;
import dev.stagewright.controller.podstatus.PodState;
import dev.stagewright.controller.podstatus.PodTermination;
import dev.stagewright.controller.run.BuildRun;
import dev.stagewright.controller.run.Task;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Collects the logs that decisions need: those that are followed, and those that are requested now
 * unless the stream has delivered them, namely the ends of the logs of failed Pods, and the log of
 * publish if what it has found in the cache is late.
 */
record LogReader(
    Cluster cluster,
    ContainerLogs followed,
    BuildRun run,
    Optional<ImageBuildStatus> previous,
    Instant now) {
  private static final Optional<Integer> LAST_LINES = Optional.of(200);

  RunLogs read(List<PodFacts> pods) {
    if (previous.filter(ImageBuildStatus::hasEnded).isPresent()) {
      return new RunLogs(followed.follow(run, List.of()));
    }
    var started = pods.stream().filter(LogReader::isOfInterest).map(this::started).toList();
    var logs = new HashMap<>(followed.follow(run, started));
    for (var pod : pods) {
      if (hasFailed(pod) && !isComplete(logs.get(container(pod)), pod)) {
        read(pod, LAST_LINES).ifPresent(log -> logs.put(container(pod), log));
      }
    }
    latePublish(pods, new RunLogs(logs))
        .ifPresent(
            pod -> read(pod, Optional.empty()).ifPresent(log -> logs.put(container(pod), log)));
    return new RunLogs(logs);
  }

  private Optional<PodFacts> latePublish(List<PodFacts> pods, RunLogs known) {
    var publish =
        pods.stream()
            .filter(pod -> pod.task().equals(new Task.Publish()))
            .max(Comparator.comparingInt(PodFacts::attempt));
    return publish
        .filter(LogReader::isOfInterest)
        .filter(pod ->
            new LookupWait(previous, publish, now)
                .isLate(id ->
                    known.worker(pod).filter(log -> log.caches().containsKey(id)).isPresent()));
  }

  /** The node of a Pod that is being deleted may be lost. */
  private static boolean isOfInterest(PodFacts pod) {
    return pod.hasEnded() || (pod.state() instanceof PodState.Running && !pod.isStopping());
  }

  private StartedContainer started(PodFacts pod) {
    return new StartedContainer(container(pod), runsUserCode(pod), pod.hasEnded());
  }

  private ContainerReference container(PodFacts pod) {
    return new ContainerReference(run.namespace(), pod.name(), pod.uid(), pod.container());
  }

  private static boolean runsUserCode(PodFacts pod) {
    return pod.task() instanceof Task.Stage;
  }

  private static boolean isComplete(@Nullable ContainerLog log, PodFacts pod) {
    return log != null && log.isCompleteWith(pod.report());
  }

  private Optional<ContainerLog> read(PodFacts pod, Optional<Integer> lines) {
    return cluster
        .log(run.namespace(), pod.name(), pod.container(), lines)
        .read()
        .map(log -> ContainerLog.of(log, runsUserCode(pod)));
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
