package dev.stagewright.cache.key;

import dev.stagewright.layers.oci.Digest;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.RunMount;
import dev.stagewright.protocol.StageBase;
import dev.stagewright.protocol.Step;
import dev.stagewright.protocol.Step.CopyFrom;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The definitions of stages: base and steps, but not the files that they read. They identify the
 * stages whose files a cache mount starts with, since the content of a cache is not an input of a
 * step.
 */
final class StageDefinitions {
  private final BuildPlan plan;
  private final Map<String, Digest> known = new HashMap<>();

  StageDefinitions(BuildPlan plan) {
    this.plan = plan;
  }

  Digest of(CopyFrom from) {
    return switch (from) {
      case CopyFrom.Context _ -> KeyHash.of("definition of the context").digest();
      case CopyFrom.Stage(var id) -> of(id);
    };
  }

  private Digest of(String id) {
    var definition = known.get(id);
    if (definition == null) {
      definition = define(id);
      known.put(id, definition);
    }
    return definition;
  }

  private Digest define(String id) {
    var stage = plan.stage(id);
    // Stages that share a Pod have the definition of separate ones: a chain, one link a step.
    var last =
        stage.base() instanceof StageBase.Stage(var parent)
            ? of(parent)
            : BaseKey.of(plan, stage.base(), _ -> Optional.empty()).orElseThrow().digest();
    for (var step : stage.steps()) {
      var hash = KeyHash.of("definition").add(last);
      StepInputs.of(step, this).addTo(hash);
      switch (step) {
        case Step.Copy copy -> hash.add(of(copy.from()));
        case Step.Run run ->
            run.surroundings().mounts().stream()
                .filter(RunMount.Bind.class::isInstance)
                .forEach(mount -> hash.add(of(((RunMount.Bind) mount).from())));
        case Step.Workdir _ -> {}
      }
      last = hash.digest();
    }
    return last;
  }
}
