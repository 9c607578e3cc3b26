package dev.stagewright.controller.queue;

import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.controller.queue.QueueEntry.SlotState;
import dev.stagewright.controller.run.RunInputs;
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
 * Admits builds to slots.
 *
 * <p>A build that was just admitted still waits according to the cache until its status has been
 * written and received. Its slot is remembered until then, so that no slot is assigned twice. The
 * last start of a namespace is also remembered after its ImageBuild was deleted.
 */
public final class QueueAdmission {
  /** How long the last start of a namespace is remembered. */
  private static final Duration START_MEMORY = Duration.ofDays(1);

  private static final BinaryOperator<QueueEntry> LATEST =
      BinaryOperator.maxBy(Comparator.comparing(QueueEntry::lastStart));

  private final QueueLimits limits;
  private final Clock clock;
  private final Map<String, Long> admitted = new HashMap<>();
  private final Map<String, QueueEntry> lastStarts = new HashMap<>();

  /** Admits as many builds as these limits allow. */
  public QueueAdmission(QueueLimits limits, Clock clock) {
    this.limits = limits;
    this.clock = clock;
  }

  /**
   * The position of a build; an admitted build has its slot from now on.
   *
   * @param inputs the build in its latest version
   * @param all ImageBuilds from the cache
   */
  public synchronized QueuePosition position(RunInputs inputs, Stream<ImageBuild> all) {
    var own = QueueEntry.of(inputs, clock.instant());
    if (limits.isNone() || own.slotState() != SlotState.WAITING) {
      return new QueuePosition.Admitted();
    }
    var entries = entries(all);
    entries.put(own.uid(), remembered(own));
    var position =
        positions(entries.values()).getOrDefault(own.uid(), new QueuePosition.Admitted());
    if (position instanceof QueuePosition.Admitted) {
      admitted.put(own.uid(), own.run());
    }
    return position;
  }

  /** Whether an ImageBuild has a slot, or waits for one. */
  public SlotState slotState(ImageBuild build) {
    return QueueEntry.slotState(RunInputs.of(build), clock.instant());
  }

  /** The waiting builds that may start. */
  public synchronized List<QueueEntry> next(Stream<ImageBuild> all) {
    if (limits.isNone()) {
      return List.of();
    }
    var entries = entries(all);
    return positions(entries.values()).entrySet().stream()
        .filter(entry -> entry.getValue() instanceof QueuePosition.Admitted)
        .flatMap(entry -> Stream.ofNullable(entries.get(entry.getKey())))
        .toList();
  }

  private Map<String, QueuePosition> positions(Collection<QueueEntry> entries) {
    return new BuildQueue(limits).positions(entries);
  }

  private Map<String, QueueEntry> entries(Stream<ImageBuild> all) {
    var now = clock.instant();
    var entries =
        all.map(build -> remembered(QueueEntry.of(RunInputs.of(build), now)))
            .collect(
                Collectors.toMap(QueueEntry::uid, it -> it, (_, later) -> later, HashMap::new));
    admitted.keySet().retainAll(entries.keySet());
    addLastStarts(entries, now);
    return entries;
  }

  private void addLastStarts(Map<String, QueueEntry> entries, Instant now) {
    lastStarts.values().removeIf(entry -> entry.lastStart().isBefore(now.minus(START_MEMORY)));
    entries.values().forEach(it -> lastStarts.merge(it.namespace(), it, LATEST));
    lastStarts
        .values()
        .forEach(entry -> entries.putIfAbsent(entry.uid(), entry.as(SlotState.NONE)));
  }

  private QueueEntry remembered(QueueEntry entry) {
    if (entry.slotState() == SlotState.WAITING
        && admitted.getOrDefault(entry.uid(), 0L) == entry.run()) {
      return entry.as(SlotState.RUNNING);
    }
    admitted.remove(entry.uid());
    return entry;
  }
}
