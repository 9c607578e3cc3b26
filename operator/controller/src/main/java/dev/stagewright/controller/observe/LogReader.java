package dev.stagewright.controller.observe;

import dev.stagewright.api.v1alpha1.ImageBuildStatus;
import dev.stagewright.api.v1alpha1.StageStatus;
import dev.stagewright.controller.cluster.Cluster;
import dev.stagewright.controller.observe.Observation.LogFacts;
import dev.stagewright.controller.run.Part;
import dev.stagewright.controller.run.Run;
import dev.stagewright.protocol.StepMarker;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Reads the ends of the logs that have something new to tell: those of running stages, and once
 * those of Pods that have ended.
 */
record LogReader(Cluster cluster, Run run, Optional<ImageBuildStatus> previous) {
  private static final int LINES_FOR_STEP = 200;
  private static final int LINES_FOR_USERS = 20;

  Map<String, LogFacts> read(List<PodFacts> pods) {
    if (previous.map(status -> status.phase() != null && status.phase().isFinal()).orElse(false)) {
      return Map.of();
    }
    return pods.stream()
        .filter(this::hasNews)
        .collect(Collectors.toMap(PodFacts::name, this::facts));
  }

  private boolean hasNews(PodFacts pod) {
    return switch (pod.state()) {
      // The node of one that is being deleted may be lost: nobody answers there for long.
      case PodState.Running _ -> pod.part() instanceof Part.Stage && !pod.stopping();
      case PodState.Ended ended ->
          ended.exitCode() != 0
              || (pod.part() instanceof Part.Stage(var id) && !isRecordedAsDone(id));
      case PodState.DeadlineExceeded _ -> true;
      case PodState.Waiting _, PodState.Lost _ -> false;
    };
  }

  private boolean isRecordedAsDone(String stage) {
    return previous.stream()
        .flatMap(status -> status.stages().stream())
        .anyMatch(
            entry -> entry.id().equals(stage) && entry.phase() == StageStatus.StagePhase.Succeeded);
  }

  private LogFacts facts(PodFacts pod) {
    var lines =
        cluster
            .log(run.namespace(), pod.name(), Optional.of(LINES_FOR_STEP))
            .map(log -> log.lines().toList())
            .orElse(List.of());
    var marker =
        lines.reversed().stream().flatMap(line -> StepMarker.parse(line).stream()).findFirst();
    var from = Math.max(0, lines.size() - LINES_FOR_USERS);
    return new LogFacts(marker, List.copyOf(lines.subList(from, lines.size())));
  }
}
