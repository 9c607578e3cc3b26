package dev.stagewright.controller.queue;

import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.controller.queue.QueueEntry.SlotState;
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
public final class QueueAdmission {
  /** A turn longer ago is as good as none. */
  private static final Duration TURN_COUNTS = Duration.ofDays(1);

  private static final BinaryOperator<QueueEntry> LATER =
      BinaryOperator.maxBy(Comparator.comparing(QueueEntry::lastStart));

  private final QueueLimits limits;
  private final Clock clock;
  private final Map<String, Long> admitted = new HashMap<>();
  private final Map<String, QueueEntry> turns = new HashMap<>();

  /** Lets in as many as these limits allow. */
  public QueueAdmission(QueueLimits limits, Clock clock) {
    this.limits = limits;
    this.clock = clock;
  }

  /**
   * The place of a build; one that may run has its slot from here on.
   *
   * @param build as the operator knows it best
   * @param all ImageBuilds, as caches have them
   */
  public synchronized QueuePosition place(ImageBuild build, Stream<ImageBuild> all) {
    var own = QueueEntry.of(build, clock.instant());
    if (limits.isNone() || own.standing() != SlotState.WAITS) {
      return new QueuePosition.Admitted();
    }
    var entries = entries(all);
    entries.put(own.uid(), remembered(own));
    var place = places(entries.values()).getOrDefault(own.uid(), new QueuePosition.Admitted());
    if (place instanceof QueuePosition.Admitted) {
      admitted.put(own.uid(), own.generation());
    }
    return place;
  }

  /** Those that wait, but may run. */
  public synchronized List<QueueEntry> next(Stream<ImageBuild> all) {
    if (limits.isNone()) {
      return List.of();
    }
    var entries = entries(all);
    return places(entries.values()).entrySet().stream()
        .filter(entry -> entry.getValue() instanceof QueuePosition.Admitted)
        .flatMap(entry -> Stream.ofNullable(entries.get(entry.getKey())))
        .toList();
  }

  private Map<String, QueuePosition> places(Collection<QueueEntry> entries) {
    return new BuildQueue(limits).places(entries);
  }

  private Map<String, QueueEntry> entries(Stream<ImageBuild> all) {
    var now = clock.instant();
    var entries =
        all.map(build -> remembered(QueueEntry.of(build, now)))
            .collect(
                Collectors.toMap(QueueEntry::uid, it -> it, (_, later) -> later, HashMap::new));
    admitted.keySet().retainAll(entries.keySet());
    addTurns(entries, now);
    return entries;
  }

  private void addTurns(Map<String, QueueEntry> entries, Instant now) {
    turns.values().removeIf(turn -> turn.lastStart().isBefore(now.minus(TURN_COUNTS)));
    entries.values().forEach(it -> turns.merge(it.namespace(), it, LATER));
    turns.values().forEach(turn -> entries.putIfAbsent(turn.uid(), turn.as(SlotState.OVER)));
  }

  private QueueEntry remembered(QueueEntry entry) {
    if (entry.standing() == SlotState.WAITS
        && admitted.getOrDefault(entry.uid(), 0L) == entry.generation()) {
      return entry.as(SlotState.RUNS);
    }
    admitted.remove(entry.uid());
    return entry;
  }
}
