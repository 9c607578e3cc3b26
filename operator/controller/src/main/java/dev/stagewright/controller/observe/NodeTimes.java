package dev.stagewright.controller.observe;

import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Times by the clock of a Pod's node, which may be wrong. A node cannot have taken a Pod up before
 * the scheduler gave it there: one that says so has a clock that is behind, by at least that much.
 * A clock that is ahead cannot be told from a node that was slow; it makes Pods look younger than
 * they are, so nothing is given up too early for it.
 *
 * @param behind by how much the node's clock is behind that of the API server, as far as is known
 */
record NodeTimes(Duration behind) {

  static NodeTimes of(Pod pod) {
    return Optional.ofNullable(pod.getStatus().getStartTime())
        .map(takenUp -> Duration.between(Instant.parse(takenUp), PodReader.since(pod)))
        .filter(Duration::isPositive)
        .map(NodeTimes::new)
        .orElseGet(() -> new NodeTimes(Duration.ZERO));
  }

  Instant corrected(Instant time) {
    return time.plus(behind);
  }
}
