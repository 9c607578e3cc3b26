package dev.stagewright.controller.decide;

import dev.stagewright.controller.config.OperatorConfig;
import dev.stagewright.controller.observe.Observation;

/**
 * Decides what to do next.
 *
 * @param config of the operator
 * @param imageVolumes whether the runtime comes into stage Pods by image volume
 */
public record Decider(OperatorConfig config, boolean imageVolumes) {

  /** The same observation always gives the same decision. */
  public Decision decide(Observation observed) {
    return new RunDecision(observed, config, imageVolumes).decide();
  }
}
