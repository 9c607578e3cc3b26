package dev.stagewright.bench.soak;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** Keeps what a watch shows of Pods beyond their end, and which of them were harmed. */
final class PodLedger implements ResourceEventHandler<Pod> {
  private final Predicate<String> namespaces;
  private final Map<String, SeenPod> pods = new ConcurrentHashMap<>();
  private final Set<String> harmed = ConcurrentHashMap.newKeySet();

  /** Of Pods in these namespaces. */
  PodLedger(Predicate<String> namespaces) {
    this.namespaces = namespaces;
  }

  @Override
  public void onAdd(Pod pod) {
    if (namespaces.test(pod.getMetadata().getNamespace())) {
      pods.put(pod.getMetadata().getUid(), SeenPod.of(pod));
    }
  }

  @Override
  public void onUpdate(Pod before, Pod after) {
    onAdd(after);
  }

  @Override
  public void onDelete(Pod pod, boolean isStateUnknown) {
    onAdd(pod);
    pods.computeIfPresent(pod.getMetadata().getUid(), (_, seen) -> seen.gone());
  }

  /** Notes that a Pod is about to be harmed. */
  void harm(SeenPod pod) {
    harmed.add(pod.uid());
  }

  Set<String> harmed() {
    return Set.copyOf(harmed);
  }

  Collection<SeenPod> all() {
    return List.copyOf(pods.values());
  }

  /** Those that run, of runs that have not been harmed so often yet. */
  List<SeenPod> targets(int harmedBefore) {
    return pods.values().stream()
        .filter(SeenPod::isRunning)
        .filter(pod -> harmedOf(pod.run()) < harmedBefore)
        .sorted((one, other) -> one.toString().compareTo(other.toString()))
        .toList();
  }

  private long harmedOf(String run) {
    return pods.values().stream()
        .filter(pod -> pod.run().equals(run) && harmed.contains(pod.uid()))
        .count();
  }
}
