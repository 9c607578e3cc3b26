package dev.stagewright.controller.decide;

import dev.stagewright.api.v1alpha1.KubernetesDuration;
import dev.stagewright.controller.observe.Observation;
import dev.stagewright.controller.observe.PodFacts;
import dev.stagewright.controller.observe.PodState;
import dev.stagewright.controller.run.Part;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * How soon to look at a run again if nothing happens. Events tell most things; steps show in logs
 * only, so running stages are looked at often at first and less often the longer they run.
 */
record Pace(Observation observed) {
  private static final Duration AT_LEAST = Duration.ofSeconds(1);
  private static final Duration FASTEST = Duration.ofSeconds(2);
  private static final Duration SLOWEST = Duration.ofSeconds(15);
  private static final Duration IDLE = Duration.ofMinutes(1);
  private static final int SHARE_OF_AGE = 10;

  Duration next(List<Instant> wakeUps) {
    var now = observed.now();
    var candidates = new ArrayList<Duration>();
    candidates.add(IDLE);
    wakeUps.forEach(moment -> candidates.add(Duration.between(now, moment)));
    var timeout = KubernetesDuration.parse(observed.spec().timeout());
    candidates.add(
        Duration.between(now, observed.startedAt().plus(timeout)).plus(Duration.ofMillis(100)));
    observed.pods().forEach(pod -> candidates.add(interval(pod)));
    var soonest = Collections.min(candidates);
    return soonest.compareTo(AT_LEAST) < 0 ? AT_LEAST : soonest;
  }

  private Duration interval(PodFacts pod) {
    return switch (pod.state()) {
      case PodState.Running(var startedAt) when pod.part() instanceof Part.Stage -> {
        var share = Duration.between(startedAt, observed.now()).dividedBy(SHARE_OF_AGE);
        yield share.compareTo(FASTEST) < 0 ? FASTEST : Collections.min(List.of(share, SLOWEST));
      }
      case PodState.Waiting _ -> SLOWEST;
      default -> IDLE;
    };
  }
}
