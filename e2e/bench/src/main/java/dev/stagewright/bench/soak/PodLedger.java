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

/** Keeps what a watch shows of Pods beyond their end, and which of them were harmed. */
final class PodLedger implements ResourceEventHandler<Pod> {
  private final Predicate<String> namespaces;
  private final Diary diary;
  private final Map<String, SeenPod> pods = new ConcurrentHashMap<>();
  private final Set<String> harmed = ConcurrentHashMap.newKeySet();
  private final Set<String> exposed = ConcurrentHashMap.newKeySet();

  /** Of Pods in these namespaces. */
  PodLedger(Predicate<String> namespaces, Diary diary) {
    this.namespaces = namespaces;
    this.diary = diary;
  }

  @Override
  public void onAdd(Pod pod) {
    if (namespaces.test(pod.getMetadata().getNamespace())) {
      keep(SeenPod.of(pod));
    }
  }

  @Override
  public void onUpdate(Pod before, Pod after) {
    onAdd(after);
  }

  @Override
  public void onDelete(Pod pod, boolean isStateUnknown) {
    if (namespaces.test(pod.getMetadata().getNamespace())) {
      keep(SeenPod.of(pod).gone());
    }
  }

  private void keep(SeenPod seen) {
    var before = pods.get(seen.uid());
    var pod = before == null ? seen : seen.after(before);
    if (!pod.equals(before)) {
      pods.put(pod.uid(), pod);
      diary.note(pod.toString(), pod.describe());
    }
  }

  /** Notes that a Pod is about to be harmed. */
  void harm(SeenPod pod) {
    harmed.add(pod.uid());
    diary.note(pod.toString(), "is harmed: " + pod.uid());
  }

  /**
   * Notes that all Pods of a node that have not ended are about to be harmed. Those that have may
   * be gone for it too: they are evicted where the node is away for long.
   */
  void harmAllOn(String node) {
    pods.values().stream()
        .filter(pod -> pod.isOn(node))
        .forEach(pod -> {
          exposed.add(pod.uid());
          if (pod.end().isEmpty() && !pod.isDeleted()) {
            harm(pod);
          }
        });
  }

  /** Pods that were harmed, or whose node was. */
  Set<String> exposed() {
    return Stream.concat(exposed.stream(), harmed.stream()).collect(Collectors.toSet());
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
