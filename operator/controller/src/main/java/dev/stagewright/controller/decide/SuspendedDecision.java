package dev.stagewright.controller.decide;

import dev.stagewright.api.v1alpha1.BuildPhase;
import dev.stagewright.controller.observe.Observation;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The decision to build nothing. A run that was in flight was an earlier generation's: its Pods go
 * as superseded.
 */
record SuspendedDecision(Observation observed) {

  Decision decide() {
    var actions = new RunActions(observed);
    observed.superseded().forEach(actions::delete);
    actions.stopPods();
    var progress =
        new StatusInputs(
            BuildPhase.Cancelled,
            "Suspended",
            "spec.suspend is set; unset it to build this spec",
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Map.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return new Decision(
        actions.list(), new StatusWriter(observed).status(progress), Optional.empty());
  }
}
