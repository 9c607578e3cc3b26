package dev.stagewright.bench.scale;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Simulates all Pods of the benchmark: prepare terminates after some seconds, stages terminate on
 * request, and publish some seconds after the stage.
 */
final class SimulatedKubelet implements ResourceEventHandler<Pod>, AutoCloseable {
  private static final int MAX_CONCURRENT_REQUESTS = 8;

  private final ScaleCluster cluster;
  private final PodSimulator pods;
  private final ContainerLogServer logs;
  private final ReactionLatency latency;
  private final Semaphore permits = new Semaphore(MAX_CONCURRENT_REQUESTS);
  private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
  private final Map<String, Pod> runningStages = new ConcurrentHashMap<>();
  private final Map<String, Pod> workers = new ConcurrentHashMap<>();
  private final Set<String> deleted = ConcurrentHashMap.newKeySet();
  private final SharedIndexInformer<Pod> informer;

  /** Starts to simulate all existing and future Pods. */
  SimulatedKubelet(
      KubernetesClient client,
      ScaleCluster cluster,
      ContainerLogServer logs,
      ReactionLatency latency) {
    this.cluster = cluster;
    this.logs = logs;
    this.latency = latency;
    pods = new PodSimulator(client, ScaleCluster.NODE);
    scheduler.scheduleAtFixedRate(cluster::heartbeat, 10, 10, TimeUnit.SECONDS);
    informer = client.pods().inAnyNamespace().withLabel("stagewright.dev/build-uid").inform(this);
  }

  @Override
  public void onAdd(Pod pod) {
    if (!cluster.isTestNamespace(pod.getMetadata().getNamespace())) {
      return;
    }
    latency.recordAction(build(pod));
    if (pod.getSpec().getNodeName() == null) {
      run(() -> pods.bind(pod));
    }
  }

  /** Starts a Pod that was scheduled to the node; confirms the deletion of a deleted Pod. */
  @Override
  public void onUpdate(Pod before, Pod pod) {
    if (!cluster.isTestNamespace(pod.getMetadata().getNamespace())) {
      return;
    }
    if (pod.getMetadata().getDeletionTimestamp() != null) {
      if (deleted.add(pod.getMetadata().getUid())) {
        run(() -> pods.confirmDeletion(pod));
      }
    } else if (before.getSpec().getNodeName() == null && pod.getSpec().getNodeName() != null) {
      schedule(Duration.ofMillis(random(200, 1500)), () -> start(pod));
    }
  }

  @Override
  public void onDelete(Pod pod, boolean isStateUnknown) {
    runningStages.remove(key(pod));
  }

  private void start(Pod pod) {
    pods.start(pod);
    if (pod.getMetadata().getName().endsWith("-worker")) {
      workers.put(build(pod), pod);
      schedule(Duration.ofMillis(random(1000, 5000)), () -> terminatePrepare(pod));
    } else {
      runningStages.put(key(pod), pod);
    }
  }

  /** The end of prepare is followed by the creation of a Pod; other ends only change the status. */
  private void terminatePrepare(Pod pod) {
    latency.beforeTermination(build(pod));
    terminate(pod, "prepare");
    latency.afterTermination(build(pod));
  }

  private void terminateStage(Pod pod) {
    terminate(pod, "main");
    Optional.ofNullable(workers.remove(build(pod)))
        .ifPresent(worker ->
            schedule(Duration.ofMillis(random(1000, 5000)), () -> terminate(worker, "publish")));
  }

  private void terminate(Pod pod, String container) {
    logs.end(pod, container);
    pods.terminate(pod, container);
  }

  int runningStages() {
    return runningStages.size();
  }

  /** Terminates this number of stages, evenly distributed over a time span. */
  void terminateStages(int count, Duration window) {
    var chosen = List.copyOf(runningStages.entrySet()).subList(0, count);
    for (var index = 0; index < count; index++) {
      var pod = chosen.get(index).getValue();
      runningStages.remove(chosen.get(index).getKey());
      schedule(window.multipliedBy(index).dividedBy(count), () -> terminateStage(pod));
    }
  }

  private void schedule(Duration delay, Runnable action) {
    scheduler.schedule(() -> run(action), delay.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void run(Runnable action) {
    Thread.startVirtualThread(() -> {
      try {
        permits.acquire();
        try {
          action.run();
        } finally {
          permits.release();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (RuntimeException e) {
        System.err.println("simulated kubelet: " + e.getMessage());
      }
    });
  }

  static String build(Pod pod) {
    return pod.getMetadata().getNamespace()
        + "/"
        + pod.getMetadata().getOwnerReferences().getFirst().getName();
  }

  private static String key(Pod pod) {
    return pod.getMetadata().getNamespace() + "/" + pod.getMetadata().getName();
  }

  private static long random(int from, int to) {
    return ThreadLocalRandom.current().nextInt(from, to);
  }

  @Override
  public void close() {
    scheduler.shutdownNow();
    informer.close();
  }
}
