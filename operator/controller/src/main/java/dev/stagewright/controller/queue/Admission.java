package dev.stagewright.controller.queue;

import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.controller.queue.Ticket.Standing;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Lets builds in.
 *
 * <p>A build that was let in a moment ago still waits in the operator's cache, until the status
 * that says otherwise has come around; its slot is remembered until then, so that it is not given
 * twice. The turn of a namespace is remembered too, where the ImageBuild that had it is gone.
 */
public final class Admission {
  /** A turn longer ago is as good as none. */
  private static final Duration TURN_COUNTS = Duration.ofDays(1);

  private static final BinaryOperator<Ticket> LATER =
      BinaryOperator.maxBy(Comparator.comparing(Ticket::lastStart));

  private final QueueLimits limits;
  private final Clock clock;
  private final Map<String, Long> admitted = new HashMap<>();
  private final Map<String, Ticket> turns = new HashMap<>();

  /** Lets in as many as these limits allow. */
  public Admission(QueueLimits limits, Clock clock) {
    this.limits = limits;
    this.clock = clock;
  }

  /**
   * The place of a build; one that may run has its slot from here on.
   *
   * @param build as the operator knows it best
   * @param all ImageBuilds, as caches have them
   */
  public synchronized Place place(ImageBuild build, Stream<ImageBuild> all) {
    var own = Ticket.of(build, clock.instant());
    if (limits.isNone() || own.standing() != Standing.WAITS) {
      return new Place.Runs();
    }
    var tickets = tickets(all);
    tickets.put(own.uid(), remembered(own));
    var place = places(tickets.values()).getOrDefault(own.uid(), new Place.Runs());
    if (place instanceof Place.Runs) {
      admitted.put(own.uid(), own.generation());
    }
    return place;
  }

  /** Those that wait, but may run. */
  public synchronized List<Ticket> next(Stream<ImageBuild> all) {
    if (limits.isNone()) {
      return List.of();
    }
    var tickets = tickets(all);
    return places(tickets.values()).entrySet().stream()
        .filter(entry -> entry.getValue() instanceof Place.Runs)
        .flatMap(entry -> Stream.ofNullable(tickets.get(entry.getKey())))
        .toList();
  }

  private Map<String, Place> places(Collection<Ticket> tickets) {
    return new BuildQueue(limits).places(tickets);
  }

  private Map<String, Ticket> tickets(Stream<ImageBuild> all) {
    var now = clock.instant();
    var tickets =
        all.map(build -> remembered(Ticket.of(build, now)))
            .collect(Collectors.toMap(Ticket::uid, it -> it, (_, later) -> later, HashMap::new));
    admitted.keySet().retainAll(tickets.keySet());
    addTurns(tickets, now);
    return tickets;
  }

  private void addTurns(Map<String, Ticket> tickets, Instant now) {
    turns.values().removeIf(turn -> turn.lastStart().isBefore(now.minus(TURN_COUNTS)));
    tickets.values().forEach(it -> turns.merge(it.namespace(), it, LATER));
    turns.values().forEach(turn -> tickets.putIfAbsent(turn.uid(), turn.as(Standing.OVER)));
  }

  private Ticket remembered(Ticket ticket) {
    if (ticket.standing() == Standing.WAITS
        && admitted.getOrDefault(ticket.uid(), 0L) == ticket.generation()) {
      return ticket.as(Standing.RUNS);
    }
    admitted.remove(ticket.uid());
    return ticket;
  }
}
