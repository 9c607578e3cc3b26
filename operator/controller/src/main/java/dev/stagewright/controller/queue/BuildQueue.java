package dev.stagewright.controller.queue;

import dev.stagewright.controller.queue.QueueEntry.SlotState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Orders the builds in the queue, and admits builds to free slots.
 *
 * <p>Namespaces share the slots fairly: the round of a build is the number of builds of its
 * namespace that run or precede it, so the namespace with the fewest builds gets the next slot;
 * among equals, the namespace whose last build started first. Within a namespace, the build with
 * the highest priority comes first, then the build that has waited longest.
 */
public record BuildQueue(QueueLimits limits) {
  private static final Comparator<QueueEntry> WITHIN_NAMESPACE =
      Comparator.comparingInt(QueueEntry::priority)
          .reversed()
          .thenComparing(QueueEntry::since)
          .thenComparing(QueueEntry::name);

  private static final Comparator<Candidate> FAIR =
      Comparator.comparingInt(Candidate::round)
          .thenComparing(Candidate::lastStart)
          .thenComparing(candidate -> candidate.entry().since())
          .thenComparing(candidate -> candidate.entry().namespace());

  private record Candidate(QueueEntry entry, int round, Instant lastStart) {}

  /**
   * The positions of all waiting builds.
   *
   * @return by uid, in the order of the queue
   */
  public Map<String, QueuePosition> positions(Collection<QueueEntry> entries) {
    var namespaces = entries.stream().collect(Collectors.groupingBy(QueueEntry::namespace));
    var candidates = new ArrayList<Candidate>();
    var running = new HashMap<String, Integer>();
    namespaces.forEach((namespace, members) -> {
      var slots = (int) members.stream().filter(entry -> entry.slotState().hasSlot()).count();
      running.put(namespace, slots);
      candidates.addAll(candidates(members, slots));
    });
    candidates.sort(FAIR);
    return positions(candidates, namespaces, running);
  }

  private static List<Candidate> candidates(List<QueueEntry> members, int slots) {
    var lastStart =
        members.stream().map(QueueEntry::lastStart).max(Comparator.naturalOrder()).orElseThrow();
    var waiting =
        members.stream()
            .filter(entry -> entry.slotState() == SlotState.WAITING)
            .sorted(WITHIN_NAMESPACE)
            .toList();
    var candidates = new ArrayList<Candidate>();
    for (var entry : waiting) {
      candidates.add(new Candidate(entry, slots + candidates.size(), lastStart));
    }
    return candidates;
  }

  private Map<String, QueuePosition> positions(
      List<Candidate> candidates,
      Map<String, List<QueueEntry>> namespaces,
      Map<String, Integer> running) {
    var blocked =
        namespaces.values().stream()
            .flatMap(List::stream)
            .filter(entry -> entry.slotState() == SlotState.BLOCKED)
            .map(QueueEntry::namespace)
            .collect(Collectors.toSet());
    var all = running.values().stream().mapToInt(Integer::intValue).sum();
    var positions = new LinkedHashMap<String, QueuePosition>();
    var position = 0;
    for (var candidate : candidates) {
      var entry = candidate.entry();
      var inNamespace = running.getOrDefault(entry.namespace(), 0);
      // A quota that blocks one build also blocks the next ones: they must not take more slots.
      if (blocked.contains(entry.namespace())) {
        positions.put(
            entry.uid(), queued(entry, ++position, "waits for room in a quota of the namespace"));
      } else if (limits.isReachedInNamespaceBy(inNamespace)) {
        positions.put(entry.uid(), queued(entry, ++position, namespaceIsFull()));
      } else if (limits.isReachedBy(all)) {
        positions.put(entry.uid(), queued(entry, ++position, operatorIsFull()));
      } else {
        positions.put(entry.uid(), new QueuePosition.Admitted());
        running.merge(entry.namespace(), 1, Integer::sum);
        all++;
      }
    }
    return positions;
  }

  private static QueuePosition queued(QueueEntry entry, int position, String message) {
    return new QueuePosition.Queued(position, entry.since(), message);
  }

  private String namespaceIsFull() {
    return "all slots of the namespace are taken (maxConcurrentBuildsPerNamespace: %d)"
        .formatted(limits.buildsPerNamespace());
  }

  private String operatorIsFull() {
    return "all slots are taken (maxConcurrentBuilds: %d)".formatted(limits.builds());
  }
}
