package dev.stagewright.controller.observe;

import dev.stagewright.api.v1alpha1.ImageBuildStatus;
import dev.stagewright.controller.cluster.Cluster;
import dev.stagewright.controller.cluster.PodLog;
import dev.stagewright.controller.logs.ContainerLog;
import dev.stagewright.controller.logs.PrintedPlan;
import dev.stagewright.controller.observe.Observation.PlanLookup;
import dev.stagewright.controller.podstatus.PodFacts;
import dev.stagewright.controller.run.BuildRun;
import dev.stagewright.controller.run.Task;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.protocol.LogFrame;
import dev.stagewright.protocol.Mounts;
import dev.stagewright.protocol.Termination;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Reads the plan of a run: from its ConfigMap, or from the log of the latest prepare container, as
 * soon as the plan is there. Once prepare is done, only the plan counts whose digest it has
 * reported.
 *
 * @param previous the last status of this run; it has stages if the plan is known
 */
record PlanReader(Cluster cluster, BuildRun run, Optional<ImageBuildStatus> previous) {

  PlanLookup find(List<ConfigMap> cached, List<PodFacts> pods, RunLogs logs) {
    var name = run.names().plan();
    return cached.stream()
        .filter(map -> map.getMetadata().getName().equals(name))
        .findFirst()
        .or(() -> wasKnown() ? cluster.configMap(run.namespace(), name) : Optional.empty())
        .filter(run::owns)
        .map(PlanReader::stored)
        .or(() -> printed(pods, logs))
        .orElseGet(PlanLookup.Unknown::new);
  }

  private boolean wasKnown() {
    return previous.filter(status -> !status.stages().isEmpty()).isPresent();
  }

  private static PlanLookup stored(ConfigMap map) {
    var plan = PrintedPlan.of(map.getData().getOrDefault(Mounts.PLAN_FILE, ""));
    return new PlanLookup.Stored(plan.plan(), plan.digest());
  }

  private Optional<PlanLookup> printed(List<PodFacts> pods, RunLogs logs) {
    return pods.stream()
        .filter(pod -> pod.task().equals(new Task.Prepare()))
        .sorted(Comparator.comparingInt(PodFacts::attempt).reversed())
        .flatMap(pod -> printed(pod, logs).stream())
        .findFirst();
  }

  private Optional<PlanLookup> printed(PodFacts pod, RunLogs logs) {
    var followed = logs.worker(pod).flatMap(ContainerLog.WorkerLog::plan);
    if (!pod.hasEnded()) {
      return followed.map(PlanReader::printed);
    } else if (!pod.isCompleted()) {
      return Optional.empty();
    }
    var reported = pod.result(Termination.Prepared.class).map(Termination.Prepared::plan);
    return reported
        .map(digest ->
            followed
                .filter(plan -> plan.digest().equals(digest))
                .map(PlanReader::printed)
                .orElseGet(() -> read(pod, digest)))
        .or(() -> Optional.of(new PlanLookup.Missing()));
  }

  private static PlanLookup printed(PrintedPlan plan) {
    return new PlanLookup.Printed(plan.plan(), plan.json(), plan.digest());
  }

  /** Reads the log once more if no stream has delivered the plan. */
  private PlanLookup read(PodFacts pod, Digest digest) {
    return switch (cluster.log(run.namespace(), pod.name(), pod.container(), Optional.empty())) {
      case PodLog.Text(var log) ->
          LogFrame.find(log, LogFrame.Kind.PLAN, digest)
              .map(PrintedPlan::of)
              .map(PlanReader::printed)
              .orElseGet(PlanLookup.Missing::new);
      case PodLog.Unavailable(var why) -> new PlanLookup.LogUnavailable(why);
    };
  }
}
