package dev.stagewright.controller.metrics;

import dev.stagewright.controller.podstatus.PodStart;
import io.fabric8.kubernetes.api.model.Pod;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Measures how long Pods take to start: the part of the scheduler, and the part of the kubelet and
 * the registry that it pulls from.
 */
public final class PodStartMetrics {
  /** More Pods than start while one is active. */
  private static final int REMEMBERED = 20_000;

  private final MeterRegistry registry;
  private final Clock clock;
  private final Map<String, Instant> recorded =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
          return size() > REMEMBERED;
        }
      };
  private Optional<Instant> since = Optional.empty();

  /** Records into this registry. */
  public PodStartMetrics(MeterRegistry registry, Clock clock) {
    this.registry = registry;
    this.clock = clock;
  }

  /**
   * Records the Pods that have started, each once. Pods that were created before the first call are
   * not recorded: another replica or an earlier process has recorded them.
   */
  public void record(List<Pod> pods) {
    for (var pod : pods) {
      if (isNew(pod)) {
        PodStart.of(pod).filter(_ -> remember(pod)).ifPresent(this::record);
      }
    }
  }

  private synchronized boolean isNew(Pod pod) {
    var from = since.orElseGet(clock::instant);
    since = Optional.of(from);
    return !recorded.containsKey(pod.getMetadata().getUid())
        && !Instant.parse(pod.getMetadata().getCreationTimestamp())
            .isBefore(from.minus(Duration.ofSeconds(1)));
  }

  private synchronized boolean remember(Pod pod) {
    return recorded.put(pod.getMetadata().getUid(), clock.instant()) == null;
  }

  private void record(PodStart start) {
    var kind = start.isWorker() ? "worker" : "stage";
    timer(kind, "schedule").record(start.scheduling());
    timer(kind, "start").record(start.starting());
  }

  private Timer timer(String kind, String phase) {
    return Metric.POD_START_DURATION
        .timer(kind, phase)
        .publishPercentileHistogram()
        .minimumExpectedValue(Duration.ofSeconds(1))
        .maximumExpectedValue(Duration.ofMinutes(10))
        .register(registry);
  }
}
