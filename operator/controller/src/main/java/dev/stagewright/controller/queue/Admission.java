package dev.stagewright.controller.queue;

import dev.stagewright.api.v1alpha1.ImageBuild;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Lets builds in.
 *
 * <p>A build that was let in a moment ago still waits in the operator's cache, until the status
 * that says otherwise has come around; its slot is remembered until then, so that it is not given
 * twice.
 */
public final class Admission {
  private final QueueLimits limits;
  private final Clock clock;
  private final Map<String, Long> admitted = new HashMap<>();

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
    if (limits.isNone() || own.standing() != Ticket.Standing.WAITS) {
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
    return tickets;
  }

  private Ticket remembered(Ticket ticket) {
    if (ticket.standing() == Ticket.Standing.WAITS
        && admitted.getOrDefault(ticket.uid(), 0L) == ticket.generation()) {
      return ticket.admitted();
    }
    admitted.remove(ticket.uid());
    return ticket;
  }
}
