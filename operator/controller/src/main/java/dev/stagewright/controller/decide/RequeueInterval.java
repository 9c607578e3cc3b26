package dev.stagewright.controller.decide;

import dev.stagewright.api.v1alpha1.KubernetesDuration;
import dev.stagewright.controller.observe.Observation;
import dev.stagewright.controller.observe.PodFacts;
import dev.stagewright.controller.observe.PodState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How soon to look at a run again if nothing happens. Most things come as events; what keeps a Pod
 * waiting has to be asked for.
 */
record RequeueInterval(Observation observed) {
  private static final Duration AT_LEAST = Duration.ofSeconds(1);
  private static final Duration OF_WAITING = Duration.ofSeconds(15);

  /** What keeps a Pod that has just come shows in the first seconds. */
  private static final Duration OF_ARRIVAL = Duration.ofSeconds(5);

  private static final Duration IDLE = Duration.ofMinutes(1);

  Duration next(List<Instant> wakeUps) {
    var now = observed.now();
    var candidates = new ArrayList<Duration>();
    candidates.add(IDLE);
    wakeUps.forEach(moment -> candidates.add(Duration.between(now, moment)));
    var timeout = KubernetesDuration.parse(observed.spec().timeout());
    candidates.add(
        Duration.between(now, observed.startedAt().plus(timeout)).plus(Duration.ofMillis(100)));
    observed.pods().stream().map(this::interval).forEach(candidates::add);
    var soonest = Collections.min(candidates);
    return soonest.compareTo(AT_LEAST) < 0 ? AT_LEAST : soonest;
  }

  private Duration interval(PodFacts pod) {
    return switch (pod.state()) {
      case PodState.Waiting waiting
          when observed.now().isBefore(waiting.since().plus(OF_WAITING)) ->
          OF_ARRIVAL;
      case PodState.Waiting _, PodState.Created _ -> OF_WAITING;
      case PodState.Running _,
          PodState.Ended _,
          PodState.InitFailed _,
          PodState.Lost _,
          PodState.DeadlineExceeded _ ->
          IDLE;
    };
  }
}
