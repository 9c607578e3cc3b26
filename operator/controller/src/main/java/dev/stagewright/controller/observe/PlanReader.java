package dev.stagewright.controller.observe;

import dev.stagewright.controller.cluster.Cluster;
import dev.stagewright.controller.observe.Observation.PlanLookup;
import dev.stagewright.controller.run.Part;
import dev.stagewright.controller.run.Run;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.Json;
import dev.stagewright.protocol.Mounts;
import dev.stagewright.protocol.PlanFrame;
import dev.stagewright.protocol.Termination;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.util.List;
import java.util.Optional;

/** Finds a run's plan: in its ConfigMap, or in the log of a prepare Pod that is done. */
record PlanReader(Cluster cluster, Run run) {

  PlanLookup find(List<ConfigMap> cached, List<PodFacts> pods) {
    var name = run.names().plan();
    var prepared =
        pods.stream()
            .filter(pod -> pod.part().equals(new Part.Prepare()) && isDone(pod))
            .findFirst();
    return cached.stream()
        .filter(map -> map.getMetadata().getName().equals(name))
        .findFirst()
        .or(() -> prepared.flatMap(_ -> cluster.configMap(run.namespace(), name)).filter(run::owns))
        .map(PlanReader::stored)
        .or(() -> prepared.map(this::printed))
        .orElseGet(PlanLookup.Unknown::new);
  }

  private static boolean isDone(PodFacts pod) {
    return pod.state() instanceof PodState.Ended ended && ended.exitCode() == 0;
  }

  private static PlanLookup stored(ConfigMap map) {
    var json = map.getData().getOrDefault(Mounts.PLAN_FILE, "");
    return new PlanLookup.Stored(Json.read(json, BuildPlan.class));
  }

  private PlanLookup printed(PodFacts pod) {
    return lastWords(pod)
        .flatMap(prepared ->
            cluster
                .log(run.namespace(), pod.name(), Optional.empty())
                .flatMap(log -> PlanFrame.find(log, prepared.plan())))
        .map(json -> (PlanLookup) new PlanLookup.Printed(Json.read(json, BuildPlan.class), json))
        .orElseGet(PlanLookup.Missing::new);
  }

  private static Optional<Termination.Prepared> lastWords(PodFacts pod) {
    return pod.state() instanceof PodState.Ended ended
        ? LastWords.parse(ended.message())
            .filter(Termination.Prepared.class::isInstance)
            .map(Termination.Prepared.class::cast)
        : Optional.empty();
  }
}
