package dev.stagewright.controller.pods;

import dev.stagewright.controller.run.BuildRun;
import dev.stagewright.controller.run.Labels;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraintBuilder;

/**
 * Keeps a run's stages on different nodes, as far as there is room: stages run side by side, and on
 * one node they would only be in each other's way. A wish, no demand: a run that is bound to one
 * node, or a cluster that has but one, is none the worse for it.
 */
record TopologySpread(BuildRun run) {

  TopologySpreadConstraint constraint() {
    return new TopologySpreadConstraintBuilder()
        .withMaxSkew(1)
        .withTopologyKey("kubernetes.io/hostname")
        .withWhenUnsatisfiable("ScheduleAnyway")
        .withNewLabelSelector()
        .addToMatchLabels(Labels.BUILD_UID, run.uid())
        .addToMatchLabels(Labels.RUN, Long.toString(run.generation()))
        .endLabelSelector()
        .build();
  }
}
