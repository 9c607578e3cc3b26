package dev.stagewright.controller.observe;

import dev.stagewright.api.v1alpha1.ImageBuildStatus;
import dev.stagewright.controller.cluster.Cluster;
import dev.stagewright.controller.cluster.PodLog;
import dev.stagewright.controller.observe.Observation.PlanLookup;
import dev.stagewright.controller.podstatus.PodFacts;
import dev.stagewright.controller.run.BuildRun;
import dev.stagewright.controller.run.Task;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.Json;
import dev.stagewright.protocol.LogFrame;
import dev.stagewright.protocol.Mounts;
import dev.stagewright.protocol.Termination;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Reads the plan of a run: from its ConfigMap, or from the log of the latest prepare Pod that is
 * done.
 *
 * @param previous the last status of this run; it has stages if the plan is known
 */
record PlanReader(Cluster cluster, BuildRun run, Optional<ImageBuildStatus> previous) {

  PlanLookup find(List<ConfigMap> cached, List<PodFacts> pods) {
    var name = run.names().plan();
    var prepared =
        pods.stream()
            .filter(pod -> pod.task().equals(new Task.Prepare()) && pod.isCompleted())
            .max(Comparator.comparingInt(PodFacts::attempt));
    return cached.stream()
        .filter(map -> map.getMetadata().getName().equals(name))
        .findFirst()
        .or(() -> wasKnown() ? cluster.configMap(run.namespace(), name) : Optional.empty())
        .filter(run::owns)
        .map(PlanReader::stored)
        .or(() -> prepared.map(this::printed))
        .orElseGet(PlanLookup.Unknown::new);
  }

  private boolean wasKnown() {
    return previous.filter(status -> !status.stages().isEmpty()).isPresent();
  }

  private static PlanLookup stored(ConfigMap map) {
    var json = map.getData().getOrDefault(Mounts.PLAN_FILE, "");
    return new PlanLookup.Stored(Json.read(json, BuildPlan.class));
  }

  private PlanLookup printed(PodFacts pod) {
    var prepared = pod.result(Termination.Prepared.class);
    if (prepared.isEmpty()) {
      return new PlanLookup.Missing();
    }
    return switch (cluster.log(run.namespace(), pod.name(), Optional.empty())) {
      case PodLog.Text(var log) ->
          LogFrame.find(log, LogFrame.Kind.PLAN, prepared.get().plan())
              .<PlanLookup>map(
                  json -> new PlanLookup.Printed(Json.read(json, BuildPlan.class), json))
              .orElseGet(PlanLookup.Missing::new);
      case PodLog.Unavailable(var why) -> new PlanLookup.LogUnavailable(why);
    };
  }
}
