package dev.stagewright.controller.decide;

import dev.stagewright.controller.cluster.Cluster.Features;
import dev.stagewright.controller.config.OperatorConfig;
import dev.stagewright.controller.observe.Observation;

/**
 * Decides what to do next.
 *
 * @param config of the operator
 * @param features of the cluster
 */
public record Decider(OperatorConfig config, Features features) {

  /** The same observation always gives the same decision. */
  public Decision decide(Observation observed) {
    return new RunDecision(observed, config, features).decide();
  }
}
