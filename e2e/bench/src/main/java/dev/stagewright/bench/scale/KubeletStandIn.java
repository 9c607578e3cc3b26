package dev.stagewright.bench.scale;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Plays all Pods of the benchmark: prepare and push end after some seconds, stages when they are
 * told to.
 */
final class KubeletStandIn implements ResourceEventHandler<Pod>, AutoCloseable {
  private static final int AT_ONCE = 8;

  private final ScaleCluster cluster;
  private final PodStandIn pods;
  private final Reactions reactions;
  private final Semaphore room = new Semaphore(AT_ONCE);
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
  private final Map<String, Pod> runningStages = new ConcurrentHashMap<>();
  private final Set<String> deleted = ConcurrentHashMap.newKeySet();
  private final SharedIndexInformer<Pod> informer;

  /** Begins to play all Pods that there are and that come. */
  KubeletStandIn(KubernetesClient client, ScaleCluster cluster, Reactions reactions) {
    this.cluster = cluster;
    this.reactions = reactions;
    pods = new PodStandIn(client, ScaleCluster.NODE);
    clock.scheduleAtFixedRate(cluster::heartbeat, 10, 10, TimeUnit.SECONDS);
    informer = client.pods().inAnyNamespace().withLabel("stagewright.dev/build-uid").inform(this);
  }

  @Override
  public void onAdd(Pod pod) {
    if (!cluster.isOurs(pod.getMetadata().getNamespace())) {
      return;
    }
    reactions.acted(build(pod));
    if (pod.getSpec().getNodeName() == null) {
      run(() -> pods.bind(pod));
    }
  }

  /** A Pod that has its node starts; so does its container's life. */
  @Override
  public void onUpdate(Pod before, Pod pod) {
    if (!cluster.isOurs(pod.getMetadata().getNamespace())) {
      return;
    }
    if (pod.getMetadata().getDeletionTimestamp() != null) {
      if (deleted.add(pod.getMetadata().getUid())) {
        run(() -> pods.confirmDeletion(pod));
      }
    } else if (before.getSpec().getNodeName() == null && pod.getSpec().getNodeName() != null) {
      after(Duration.ofMillis(random(200, 1500)), () -> start(pod));
    }
  }

  @Override
  public void onDelete(Pod pod, boolean isStateUnknown) {
    runningStages.remove(key(pod));
  }

  private void start(Pod pod) {
    pods.start(pod);
    var part = PodStandIn.part(pod.getMetadata().getName());
    switch (part) {
      case "prepare", "push" -> after(Duration.ofMillis(random(1000, 5000)), () -> end(pod));
      // Nothing follows from it but what prepare's end, a while later, is waited for too.
      case "check" -> pods.end(pod);
      default -> runningStages.put(key(pod), pod);
    }
  }

  private void end(Pod pod) {
    reactions.ending(build(pod));
    pods.end(pod);
    reactions.ended(build(pod));
  }

  int runningStages() {
    return runningStages.size();
  }

  /** Ends this many stages, one after the other over this time. */
  void endStages(int count, Duration over) {
    var chosen = List.copyOf(runningStages.entrySet()).subList(0, count);
    for (var index = 0; index < count; index++) {
      var pod = chosen.get(index).getValue();
      runningStages.remove(chosen.get(index).getKey());
      after(over.multipliedBy(index).dividedBy(count), () -> end(pod));
    }
  }

  private void after(Duration delay, Runnable what) {
    clock.schedule(() -> run(what), delay.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void run(Runnable what) {
    Thread.startVirtualThread(() -> {
      try {
        room.acquire();
        try {
          what.run();
        } finally {
          room.release();
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (RuntimeException e) {
        System.err.println("stand-in: " + e.getMessage());
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
    clock.shutdownNow();
    informer.close();
  }
}
