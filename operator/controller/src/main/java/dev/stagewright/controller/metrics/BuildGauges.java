package dev.stagewright.controller.metrics;

import dev.stagewright.api.v1alpha1.BuildCondition;
import dev.stagewright.api.v1alpha1.BuildCondition.ConditionType;
import dev.stagewright.api.v1alpha1.BuildPhase;
import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.api.v1alpha1.ImageBuildStatus;
import dev.stagewright.controller.queue.QueueEntry;
import dev.stagewright.controller.queue.QueueEntry.SlotState;
import dev.stagewright.controller.run.RunInputs;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The ImageBuilds at the moment: how many run, how many wait in the queue and for how long, and
 * what those that run wait for.
 */
public final class BuildGauges {
  private final MeterRegistry registry;
  private final Clock clock;
  private final MultiGauge waiting;
  private Supplier<Stream<ImageBuild>> builds = Stream::empty;

  /** Registers in this registry. */
  public BuildGauges(MeterRegistry registry, Clock clock) {
    this.registry = registry;
    this.clock = clock;
    waiting = Metric.BUILDS_WAITING.multiGauge(registry);
  }

  /** Registers the gauges of these ImageBuilds. */
  public synchronized void register(Supplier<Stream<ImageBuild>> all) {
    builds = all;
    Metric.BUILDS_RUNNING.gauge(registry, () -> count(SlotState.RUNNING));
    Metric.BUILDS_QUEUED.gauge(registry, () -> count(SlotState.WAITING));
    Metric.QUEUE_OLDEST_AGE.gauge(registry, this::oldestAge);
  }

  /** Updates the series whose labels depend on the ImageBuilds. */
  public synchronized void refresh() {
    waiting.register(
        builds
            .get()
            .flatMap(build -> waitingReason(build).stream())
            .collect(Collectors.groupingBy(reason -> reason, Collectors.counting()))
            .entrySet()
            .stream()
            .map(BuildGauges::row)
            .collect(Collectors.toList()),
        true);
  }

  private static Row<?> row(Map.Entry<String, Long> count) {
    return Row.of(Metric.BUILDS_WAITING.tags(count.getKey()), count.getValue());
  }

  private long count(SlotState state) {
    var now = clock.instant();
    return builds
        .get()
        .filter(build -> QueueEntry.slotState(RunInputs.of(build), now) == state)
        .count();
  }

  private double oldestAge() {
    var now = clock.instant();
    return builds
        .get()
        .filter(build -> QueueEntry.slotState(RunInputs.of(build), now) == SlotState.WAITING)
        .map(build ->
            Duration.between(QueueEntry.of(RunInputs.of(build), now).since(), now).toSeconds())
        .max(Long::compare)
        .map(age -> Math.max(0, age))
        .orElse(0L);
  }

  /** The reason of {@code Ready}, unless the run proceeds: then it is the name of the phase. */
  private static Optional<String> waitingReason(ImageBuild build) {
    return Optional.ofNullable(build.getStatus())
        .filter(status -> status.phase() != null && !status.hasEnded())
        .map(ImageBuildStatus::conditions)
        .orElse(List.of())
        .stream()
        .filter(condition -> condition.type() == ConditionType.Ready)
        .map(BuildCondition::reason)
        .filter(Objects::nonNull)
        .filter(reason -> !BuildPhase.isPhase(reason))
        .findFirst();
  }
}
