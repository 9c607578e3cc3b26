package dev.stagewright.controller.decide;

import dev.stagewright.controller.cluster.Cluster.Features;
import dev.stagewright.controller.config.OperatorConfig;
import dev.stagewright.controller.observe.Observation;
import dev.stagewright.controller.queue.QueuePosition;

/**
 * Decides what to do next.
 *
 * @param config of the operator
 * @param features of the cluster
 */
public record Decider(OperatorConfig config, Features features) {

  /** The same observation always gives the same decision. */
  public Decision decide(Observation observed) {
    if (observed.spec().suspend() && !isOver(observed)) {
      return new SuspendedDecision(observed).decide();
    }
    return new RunDecision(observed, config, features).decide();
  }

  private static boolean isOver(Observation observed) {
    return observed
        .previous()
        .filter(status -> status.phase() != null && status.phase().isFinal())
        .isPresent();
  }

  /** Of a run that has to wait for its turn; one that cannot succeed fails at once. */
  public Decision decide(Observation observed, QueuePosition.Queued place) {
    return new RunChecks(observed, config).problem().isPresent()
        ? decide(observed)
        : new QueuedDecision(observed, place).decide();
  }
}
