package dev.stagewright.controller.decide;

import dev.stagewright.api.v1alpha1.KubernetesDuration;
import dev.stagewright.controller.observe.Observation;
import dev.stagewright.controller.podstatus.PodFacts;
import dev.stagewright.controller.podstatus.PodState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Calculates when to reconcile a run again without an event. Most changes trigger events, but the
 * operator has to poll for the cause that delays a Pod.
 */
record RequeueInterval(Observation observed) {
  private static final Duration MINIMUM = Duration.ofSeconds(1);
  private static final Duration PENDING = Duration.ofSeconds(15);

  /** Many causes appear within seconds after a Pod was created. */
  private static final Duration NEW_PENDING = Duration.ofSeconds(5);

  private static final Duration MAXIMUM = Duration.ofMinutes(1);

  Duration next(List<Instant> wakeUps) {
    var now = observed.now();
    var candidates = new ArrayList<Duration>();
    candidates.add(MAXIMUM);
    wakeUps.forEach(moment -> candidates.add(Duration.between(now, moment)));
    var timeout = KubernetesDuration.parse(observed.spec().timeout());
    candidates.add(
        Duration.between(now, observed.startedAt().plus(timeout)).plus(Duration.ofMillis(100)));
    observed.pods().stream().map(this::interval).forEach(candidates::add);
    var shortest = Collections.min(candidates);
    return shortest.compareTo(MINIMUM) < 0 ? MINIMUM : shortest;
  }

  private Duration interval(PodFacts pod) {
    return switch (pod.state()) {
      case PodState.Pending(_, var since, _) when observed.now().isBefore(since.plus(PENDING)) ->
          NEW_PENDING;
      case PodState.Pending _, PodState.Created _ -> PENDING;
      case PodState.Running _, PodState.Ended _ -> MAXIMUM;
    };
  }
}
