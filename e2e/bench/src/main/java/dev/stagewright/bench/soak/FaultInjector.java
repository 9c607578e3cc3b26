package dev.stagewright.bench.soak;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Causes one fault after the other until it is ended. */
final class FaultInjector {
  private final PodFaults pods;
  private final BuildFaults builds;
  private final ClusterFaults cluster;
  private final Diary diary;
  private final RandomGenerator random;
  private final Duration pace;
  private final Map<FaultKind, Integer> caused = new EnumMap<>(FaultKind.class);
  private final Thread thread;
  private volatile boolean isEnded;

  /**
   * Starts it.
   *
   * @param pace the mean time between faults
   */
  FaultInjector(
      PodFaults pods,
      BuildFaults builds,
      ClusterFaults cluster,
      Diary diary,
      RandomGenerator random,
      Duration pace) {
    this.pods = pods;
    this.builds = builds;
    this.cluster = cluster;
    this.diary = diary;
    this.random = random;
    this.pace = pace;
    thread = Thread.ofVirtual().name("faults").start(this::run);
  }

  private void run() {
    try {
      while (!isEnded) {
        Thread.sleep(random.nextLong(2 * pace.toMillis()));
        if (!isEnded) {
          cause(any());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void cause(FaultKind kind) throws InterruptedException {
    try {
      diary.note("?", "begins " + kind);
      var victim = strike(kind);
      diary.note(victim.orElse("nobody"), "had " + kind);
      synchronized (caused) {
        victim.ifPresent(_ -> caused.merge(kind, 1, Integer::sum));
      }
    } catch (IOException | KubernetesClientException e) {
      System.out.printf("no fault %s: %s%n", kind, e.getMessage());
    }
  }

  private Optional<String> strike(FaultKind kind) throws IOException, InterruptedException {
    return switch (kind) {
      case POD_DELETED -> pods.delete();
      case POD_KILLED -> pods.kill();
      case POD_EVICTED -> pods.evict();
      case OPERATOR_KILLED -> cluster.killOperator();
      case SPEC_EDITED -> builds.edit();
      case BUILD_SUSPENDED -> builds.suspend();
      case BUILD_DELETED -> builds.delete();
      case REGISTRY_CUT -> cluster.cutRegistry();
      case NODE_CUT -> cluster.cutNode();
    };
  }

  private FaultKind any() {
    var all = Arrays.stream(FaultKind.values()).mapToInt(FaultKind::weight).sum();
    var rest = random.nextInt(all);
    for (var kind : FaultKind.values()) {
      rest -= kind.weight();
      if (rest < 0) {
        return kind;
      }
    }
    throw new IllegalStateException("weights do not add up");
  }

  /** How often each fault really came about. */
  Map<FaultKind, Integer> caused() {
    synchronized (caused) {
      return new EnumMap<>(caused);
    }
  }

  /** Ends it, after the fault that is being caused. */
  void end() throws InterruptedException {
    isEnded = true;
    thread.join();
  }
}
