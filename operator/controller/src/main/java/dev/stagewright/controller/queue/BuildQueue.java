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
 * Puts builds that wait into an order, and says who may run.
 *
 * <p>Namespaces take turns: a build's round is the number of builds of its namespace that run or
 * come before it, so the namespace that has least gets the next slot; among equals it is the one
 * whose last start is longest ago. Inside a namespace the higher priority comes first, then who has
 * waited longest.
 */
public record BuildQueue(QueueLimits limits) {
  private static final Comparator<QueueEntry> INSIDE_A_NAMESPACE =
      Comparator.comparingInt(QueueEntry::priority)
          .reversed()
          .thenComparing(QueueEntry::since)
          .thenComparing(QueueEntry::name);

  private static final Comparator<QueueTurn> FAIR =
      Comparator.comparingInt(QueueTurn::round)
          .thenComparing(QueueTurn::lastServed)
          .thenComparing(turn -> turn.entry().since())
          .thenComparing(turn -> turn.entry().namespace());

  private record QueueTurn(QueueEntry entry, int round, Instant lastServed) {}

  /**
   * The places of all that wait.
   *
   * @return by uid, in the order of the queue
   */
  public Map<String, QueuePosition> places(Collection<QueueEntry> entries) {
    var namespaces = entries.stream().collect(Collectors.groupingBy(QueueEntry::namespace));
    var turns = new ArrayList<QueueTurn>();
    var running = new HashMap<String, Integer>();
    namespaces.forEach((namespace, members) -> {
      var slots = (int) members.stream().filter(entry -> entry.standing().hasSlot()).count();
      running.put(namespace, slots);
      turns.addAll(turns(members, slots));
    });
    turns.sort(FAIR);
    return places(turns, namespaces, running);
  }

  private static List<QueueTurn> turns(List<QueueEntry> members, int slots) {
    var lastServed =
        members.stream().map(QueueEntry::lastStart).max(Comparator.naturalOrder()).orElseThrow();
    var waiting =
        members.stream()
            .filter(entry -> entry.standing() == SlotState.WAITS)
            .sorted(INSIDE_A_NAMESPACE)
            .toList();
    var turns = new ArrayList<QueueTurn>();
    for (var entry : waiting) {
      turns.add(new QueueTurn(entry, slots + turns.size(), lastServed));
    }
    return turns;
  }

  private Map<String, QueuePosition> places(
      List<QueueTurn> turns,
      Map<String, List<QueueEntry>> namespaces,
      Map<String, Integer> running) {
    var held =
        namespaces.values().stream()
            .flatMap(List::stream)
            .filter(entry -> entry.standing() == SlotState.HELD)
            .map(QueueEntry::namespace)
            .collect(Collectors.toSet());
    var all = running.values().stream().mapToInt(Integer::intValue).sum();
    var places = new LinkedHashMap<String, QueuePosition>();
    var position = 0;
    for (var turn : turns) {
      var entry = turn.entry();
      var inNamespace = running.getOrDefault(entry.namespace(), 0);
      // What a quota refuses to one build it refuses to the next: only one slot is lost to it.
      if (held.contains(entry.namespace())) {
        places.put(
            entry.uid(), waits(entry, ++position, "waits for room in the namespace's quota"));
      } else if (limits.isReachedInNamespaceBy(inNamespace)) {
        places.put(entry.uid(), waits(entry, ++position, namespaceIsFull()));
      } else if (limits.isReachedBy(all)) {
        places.put(entry.uid(), waits(entry, ++position, operatorIsFull()));
      } else {
        places.put(entry.uid(), new QueuePosition.Admitted());
        running.merge(entry.namespace(), 1, Integer::sum);
        all++;
      }
    }
    return places;
  }

  private static QueuePosition waits(QueueEntry entry, int position, String message) {
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
