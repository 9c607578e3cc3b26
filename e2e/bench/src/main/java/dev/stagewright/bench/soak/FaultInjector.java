package dev.stagewright.bench.soak;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.random.RandomGenerator;

/** Injects faults at random intervals until it is stopped. */
final class FaultInjector {
  private final PodFaults pods;
  private final BuildFaults builds;
  private final ClusterFaults cluster;
  private final SoakLog log;
  private final RandomGenerator random;
  private final Duration faultInterval;
  private final Map<FaultKind, Integer> injected = new EnumMap<>(FaultKind.class);
  private final Thread thread;
  private final CountDownLatch stopped = new CountDownLatch(1);

  /**
   * Starts the injector.
   *
   * @param faultInterval mean time between faults
   */
  FaultInjector(
      PodFaults pods,
      BuildFaults builds,
      ClusterFaults cluster,
      SoakLog log,
      RandomGenerator random,
      Duration faultInterval) {
    this.pods = pods;
    this.builds = builds;
    this.cluster = cluster;
    this.log = log;
    this.random = random;
    this.faultInterval = faultInterval;
    thread = Thread.ofVirtual().name("faults").start(this::run);
  }

  private void run() {
    try {
      while (!stopped.await(random.nextLong(2 * faultInterval.toMillis()), MILLISECONDS)) {
        inject(randomKind());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void inject(FaultKind kind) throws InterruptedException {
    try {
      log.write("?", "starting fault " + kind);
      var target = causeFault(kind);
      log.write(target.orElse("no target"), "had fault " + kind);
      synchronized (injected) {
        target.ifPresent(_ -> injected.merge(kind, 1, Integer::sum));
      }
    } catch (IOException | KubernetesClientException e) {
      System.out.printf("cannot inject %s: %s%n", kind, e.getMessage());
    }
  }

  private Optional<String> causeFault(FaultKind kind) throws IOException, InterruptedException {
    return switch (kind) {
      case POD_DELETED -> pods.delete();
      case POD_KILLED -> pods.kill();
      case POD_EVICTED -> pods.evict();
      case OPERATOR_KILLED -> cluster.killOperator();
      case SPEC_EDITED -> builds.edit();
      case BUILD_SUSPENDED -> builds.suspend();
      case BUILD_DELETED -> builds.delete();
      case REGISTRY_OUTAGE -> cluster.stopRegistry();
      case NODE_OUTAGE -> cluster.stopNode();
    };
  }

  private FaultKind randomKind() {
    var total = Arrays.stream(FaultKind.values()).mapToInt(FaultKind::weight).sum();
    var rest = random.nextInt(total);
    for (var kind : FaultKind.values()) {
      rest -= kind.weight();
      if (rest < 0) {
        return kind;
      }
    }
    throw new IllegalStateException("the weights do not add up to their sum");
  }

  /** The number of faults that had a target, by kind. */
  Map<FaultKind, Integer> injected() {
    synchronized (injected) {
      return new EnumMap<>(injected);
    }
  }

  /** Stops after the current fault. */
  void stop() throws InterruptedException {
    stopped.countDown();
    thread.join();
  }
}
