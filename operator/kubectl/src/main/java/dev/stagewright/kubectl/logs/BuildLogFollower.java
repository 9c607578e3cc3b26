package dev.stagewright.kubectl.logs;

import dev.stagewright.kubectl.cluster.BuildSnapshot;
import dev.stagewright.kubectl.cluster.ClusterException;
import dev.stagewright.kubectl.cluster.ContainerName;
import dev.stagewright.kubectl.cluster.NotFoundException;
import dev.stagewright.kubectl.cluster.PodLogClient;
import dev.stagewright.kubectl.cluster.TaskContainer;
import dev.stagewright.kubectl.cluster.TaskContainer.State;
import dev.stagewright.kubectl.terminal.Ansi.Style;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Follows the logs of a build: reads the log of each Pod until the build is finished and all logs
 * are read. The logs of stages that run at the same time are mixed, and so is the log of publish.
 * The log of prepare comes before those of stages, and the log of an attempt after that of the
 * previous one.
 */
public final class BuildLogFollower {
  private static final int MAX_FAILURES = 300;

  private final SnapshotReader snapshots;
  private final PodLogClient client;
  private final PodLogReader.TerminationCheck termination;
  private final LogOutput out;
  private final LogSelection selection;
  private final Timing timing;
  private final Map<ContainerName, LogStream> streams = new HashMap<>();
  private final Set<ContainerName> skipped = new HashSet<>();

  /** Reads the build and its Pods. */
  public interface SnapshotReader {
    /** Reads the build and its Pods. */
    BuildSnapshot read() throws ClusterException, NotFoundException;
  }

  /**
   * Intervals and timeouts.
   *
   * @param pollInterval time between two snapshots
   * @param idleTimeout time without activity after which the log of a Pod that should have ended is
   *     no longer read
   */
  public record Timing(Duration pollInterval, Duration idleTimeout) {}

  /**
   * A follower that has not read anything.
   *
   * @param out receives the logs
   * @param selection the logs to read
   */
  public BuildLogFollower(
      SnapshotReader snapshots,
      PodLogClient client,
      PodLogReader.TerminationCheck termination,
      LogOutput out,
      LogSelection selection,
      Timing timing) {
    this.snapshots = snapshots;
    this.client = client;
    this.termination = termination;
    this.out = out;
    this.selection = selection;
    this.timing = timing;
  }

  /** Follows the build until it is finished or the output is closed. */
  public BuildSnapshot follow() throws ClusterException, NotFoundException, InterruptedException {
    var snapshot = snapshots.read();
    skipped.addAll(supersededPods(snapshot));
    while (true) {
      out.show(snapshot, selection);
      readLogs(snapshot);
      if (snapshot.isFinished() || out.isClosed()) {
        return snapshot;
      }
      Thread.sleep(timing.pollInterval());
      snapshot = nextSnapshot(snapshot.run());
    }
  }

  /** Retries while the cluster does not answer. */
  private BuildSnapshot nextSnapshot(long run)
      throws ClusterException, NotFoundException, InterruptedException {
    for (int failures = 0; ; Thread.sleep(timing.pollInterval())) {
      try {
        var snapshot = snapshots.read();
        if (snapshot.run() != run) {
          out.notice(Style.BOLD, "another run has started: run " + snapshot.run());
        }
        return snapshot;
      } catch (ClusterException e) {
        if (failures++ == 0) {
          out.notice(Style.YELLOW, e.getMessage() + "; retrying");
        }
        if (!e.isTransient() || failures >= MAX_FAILURES) {
          throw e;
        }
      }
    }
  }

  /** Pods that were already replaced by a later attempt in the first snapshot. */
  private List<ContainerName> supersededPods(BuildSnapshot snapshot) {
    var names = TaskNames.of(snapshot.status());
    var selected = selection.select(snapshot.pods(), names);
    return snapshot.pods().stream()
        .filter(pod -> !selected.contains(pod))
        .map(TaskContainer::name)
        .toList();
  }

  private void readLogs(BuildSnapshot snapshot) throws InterruptedException {
    var names = TaskNames.of(snapshot.status());
    for (var pod : names.sorted(snapshot.pods())) {
      if (isNew(pod, names)) {
        awaitPredecessors(pod);
        var stream = LogStream.start(pod, onActivity -> readLog(pod, names, onActivity));
        streams.put(pod.name(), stream);
        if (pod.state() == State.TERMINATED) {
          stream.await(timing.idleTimeout());
        }
      }
    }
    if (snapshot.isFinished()) {
      for (var stream : streams.values()) {
        stream.await(timing.idleTimeout());
      }
    }
  }

  private boolean isNew(TaskContainer pod, TaskNames names) {
    return pod.state() != State.WAITING
        && names.isKnown(pod.task())
        && !streams.containsKey(pod.name())
        && !skipped.contains(pod.name())
        && selection.includes(pod, names);
  }

  private void awaitPredecessors(TaskContainer pod) throws InterruptedException {
    for (var stream : streams.values()) {
      if (precedes(stream.pod(), pod)) {
        stream.await(timing.idleTimeout());
      }
    }
  }

  /**
   * Whether one log is printed completely before the other. Publish starts together with prepare
   * and runs until the end.
   */
  private static boolean precedes(TaskContainer one, TaskContainer other) {
    return one.task().equals(other.task())
        || (one.task().equals(TaskNames.PREPARE) && !other.task().equals(TaskNames.PUBLISH));
  }

  private void readLog(TaskContainer pod, TaskNames names, Runnable onActivity)
      throws InterruptedException {
    var name = names.name(pod.task());
    var parser = new LogEntryParser(name, names.namesInContainer(pod.task()));
    if (pod.attempt() > 1) {
      out.notice(name, "attempt " + pod.attempt() + ", Pod " + pod.name().pod());
    }
    PodLogReader.TerminationCheck active =
        it -> {
          onActivity.run();
          return termination.isTerminated(it);
        };
    new PodLogReader(pod.name(), client, active, timing.pollInterval())
        .read(line -> {
          onActivity.run();
          parser
              .parse(line)
              .filter(entry -> selection.includes(entry.source()))
              .ifPresent(out::print);
        })
        .ifPresent(reason -> out.notice(name, "cannot read the rest of the log: " + reason));
  }
}
