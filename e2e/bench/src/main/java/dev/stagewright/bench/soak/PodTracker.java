package dev.stagewright.bench.soak;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Records Pods from a watch, also after their deletion, and the Pods that faults disrupted. */
final class PodTracker implements ResourceEventHandler<Pod> {
  private final Predicate<String> namespaces;
  private final SoakLog log;
  private final Map<String, ObservedPod> pods = new ConcurrentHashMap<>();
  private final Set<String> disrupted = ConcurrentHashMap.newKeySet();
  private final Set<String> affected = ConcurrentHashMap.newKeySet();

  /** Records the Pods in these namespaces. */
  PodTracker(Predicate<String> namespaces, SoakLog log) {
    this.namespaces = namespaces;
    this.log = log;
  }

  @Override
  public void onAdd(Pod pod) {
    if (namespaces.test(pod.getMetadata().getNamespace())) {
      update(ObservedPod.of(pod));
    }
  }

  @Override
  public void onUpdate(Pod before, Pod after) {
    onAdd(after);
  }

  @Override
  public void onDelete(Pod pod, boolean isStateUnknown) {
    if (namespaces.test(pod.getMetadata().getNamespace())) {
      update(ObservedPod.of(pod).deleted());
    }
  }

  private void update(ObservedPod observed) {
    var previous = pods.get(observed.uid());
    var pod = previous == null ? observed : observed.mergedWith(previous);
    if (!pod.equals(previous)) {
      pods.put(pod.uid(), pod);
      log.write(pod.toString(), pod.describe());
    }
  }

  /** Records that a fault is about to disrupt a Pod. */
  void markDisrupted(ObservedPod pod) {
    disrupted.add(pod.uid());
    log.write(pod.toString(), "is disrupted, UID " + pod.uid());
  }

  /**
   * Records that a fault is about to disrupt all active Pods of a node. Terminated Pods may be
   * deleted too, because they are evicted if the node is down for long.
   */
  void markNodeDisrupted(String node) {
    pods.values().stream()
        .filter(pod -> pod.isOn(node))
        .forEach(pod -> {
          affected.add(pod.uid());
          if (pod.result().isEmpty() && !pod.isDeleted()) {
            markDisrupted(pod);
          }
        });
  }

  /** The UIDs of Pods that were disrupted, or that were on a disrupted node. */
  Set<String> affected() {
    return Stream.concat(affected.stream(), disrupted.stream()).collect(Collectors.toSet());
  }

  Set<String> disrupted() {
    return Set.copyOf(disrupted);
  }

  Collection<ObservedPod> all() {
    return List.copyOf(pods.values());
  }

  /** The running Pods of runs with fewer disruptions than this. */
  List<ObservedPod> targets(int maxDisruptions) {
    return pods.values().stream()
        .filter(ObservedPod::isRunning)
        .filter(pod -> disruptionsOf(pod.run()) < maxDisruptions)
        .sorted((one, other) -> one.toString().compareTo(other.toString()))
        .toList();
  }

  private long disruptionsOf(String run) {
    return pods.values().stream()
        .filter(pod -> pod.run().equals(run) && disrupted.contains(pod.uid()))
        .count();
  }
}
