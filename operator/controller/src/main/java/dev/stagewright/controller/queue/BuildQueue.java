package dev.stagewright.controller.queue;

import dev.stagewright.controller.queue.Ticket.Standing;
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
  private static final Comparator<Ticket> INSIDE_A_NAMESPACE =
      Comparator.comparingInt(Ticket::priority)
          .reversed()
          .thenComparing(Ticket::since)
          .thenComparing(Ticket::name);

  private static final Comparator<Turn> FAIR =
      Comparator.comparingInt(Turn::round)
          .thenComparing(Turn::lastServed)
          .thenComparing(turn -> turn.ticket().since())
          .thenComparing(turn -> turn.ticket().namespace());

  private record Turn(Ticket ticket, int round, Instant lastServed) {}

  /**
   * The places of all that wait.
   *
   * @return by uid, in the order of the queue
   */
  public Map<String, Place> places(Collection<Ticket> tickets) {
    var namespaces = tickets.stream().collect(Collectors.groupingBy(Ticket::namespace));
    var turns = new ArrayList<Turn>();
    var running = new HashMap<String, Integer>();
    namespaces.forEach((namespace, members) -> {
      var slots = (int) members.stream().filter(ticket -> ticket.standing().hasSlot()).count();
      running.put(namespace, slots);
      turns.addAll(turns(members, slots));
    });
    turns.sort(FAIR);
    return places(turns, namespaces, running);
  }

  private static List<Turn> turns(List<Ticket> members, int slots) {
    var lastServed =
        members.stream().map(Ticket::lastStart).max(Comparator.naturalOrder()).orElseThrow();
    var waiting =
        members.stream()
            .filter(ticket -> ticket.standing() == Standing.WAITS)
            .sorted(INSIDE_A_NAMESPACE)
            .toList();
    var turns = new ArrayList<Turn>();
    for (var ticket : waiting) {
      turns.add(new Turn(ticket, slots + turns.size(), lastServed));
    }
    return turns;
  }

  private Map<String, Place> places(
      List<Turn> turns, Map<String, List<Ticket>> namespaces, Map<String, Integer> running) {
    var held =
        namespaces.values().stream()
            .flatMap(List::stream)
            .filter(ticket -> ticket.standing() == Standing.HELD)
            .map(Ticket::namespace)
            .collect(Collectors.toSet());
    var all = running.values().stream().mapToInt(Integer::intValue).sum();
    var places = new LinkedHashMap<String, Place>();
    var position = 0;
    for (var turn : turns) {
      var ticket = turn.ticket();
      var inNamespace = running.getOrDefault(ticket.namespace(), 0);
      // What a quota refuses to one build it refuses to the next: only one slot is lost to it.
      if (held.contains(ticket.namespace())) {
        places.put(
            ticket.uid(), waits(ticket, ++position, "waits for room in the namespace's quota"));
      } else if (limits.isReachedInNamespaceBy(inNamespace)) {
        places.put(ticket.uid(), waits(ticket, ++position, namespaceIsFull()));
      } else if (limits.isReachedBy(all)) {
        places.put(ticket.uid(), waits(ticket, ++position, operatorIsFull()));
      } else {
        places.put(ticket.uid(), new Place.Runs());
        running.merge(ticket.namespace(), 1, Integer::sum);
        all++;
      }
    }
    return places;
  }

  private static Place waits(Ticket ticket, int position, String message) {
    return new Place.Waits(position, ticket.since(), message);
  }

  private String namespaceIsFull() {
    return "all slots of the namespace are taken (maxConcurrentBuildsPerNamespace: %d)"
        .formatted(limits.buildsPerNamespace());
  }

  private String operatorIsFull() {
    return "all slots are taken (maxConcurrentBuilds: %d)".formatted(limits.builds());
  }
}
