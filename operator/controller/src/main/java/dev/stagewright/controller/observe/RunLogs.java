package dev.stagewright.controller.observe;

import dev.stagewright.controller.cluster.ContainerReference;
import dev.stagewright.controller.logs.ContainerLog;
import dev.stagewright.controller.logs.LogTail;
import dev.stagewright.controller.podstatus.PodFacts;
import dev.stagewright.protocol.ImageChecks;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The logs of a run's containers as far as they are known.
 *
 * @param logs by container
 */
public record RunLogs(Map<ContainerReference, ContainerLog> logs) {
  /** Copies the map. */
  public RunLogs {
    logs = Map.copyOf(logs);
  }

  /** The end of the log of the container that performs a task. */
  public Optional<LogTail> tail(PodFacts task) {
    return tail(task.name(), task.container());
  }

  /** The log of the container that performs a task, if it runs no code of users. */
  public Optional<ContainerLog.WorkerLog> worker(PodFacts task) {
    return worker(task.name(), task.container());
  }

  /** What publish has found out about the image: its latest container that has reported it. */
  public Optional<ImageChecks> checks() {
    return logs.entrySet().stream()
        .sorted(Map.Entry.comparingByKey(Comparator.comparing(ContainerReference::pod)))
        .flatMap(entry ->
            entry.getValue() instanceof ContainerLog.WorkerLog log
                ? log.checks().stream()
                : Stream.empty())
        .reduce((_, latest) -> latest);
  }

  /** The log of a container. */
  public Optional<ContainerLog> log(String pod, String container) {
    return logs.entrySet().stream()
        .filter(entry -> entry.getKey().pod().equals(pod))
        .filter(entry -> entry.getKey().container().equals(container))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /** The end of the log of a container. */
  public Optional<LogTail> tail(String pod, String container) {
    return log(pod, container).map(ContainerLog::tail);
  }

  /** The log of a container that runs no code of users. */
  public Optional<ContainerLog.WorkerLog> worker(String pod, String container) {
    return log(pod, container)
        .filter(ContainerLog.WorkerLog.class::isInstance)
        .map(ContainerLog.WorkerLog.class::cast);
  }
}
