package dev.stagewright.kubectl.logs;

import dev.stagewright.kubectl.chart.StageWait;
import dev.stagewright.kubectl.cluster.BuildSnapshot;
import dev.stagewright.kubectl.cluster.ClusterException;
import dev.stagewright.kubectl.cluster.PodLogClient;
import dev.stagewright.kubectl.cluster.TaskContainer;
import dev.stagewright.kubectl.cluster.TaskContainer.State;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.StagePlan;
import dev.stagewright.protocol.WaitMarker;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads from the logs of stages when they waited for other stages; the status does not say so. */
public record StageWaitReader(PodLogClient client) {

  /** Returns the waits by stage ID; a stage whose log cannot be read is missing. */
  public Map<String, List<StageWait>> read(BuildSnapshot snapshot, BuildPlan plan) {
    var selection = new LogSelection(Optional.empty(), false);
    var names = TaskNames.of(snapshot.status());
    var pods = selection.select(snapshot.pods(), names);
    var waitsByStage = new HashMap<String, List<StageWait>>();
    for (var stage : plan.stages()) {
      pods.stream()
          .filter(pod -> pod.task().equals(stage.id()) && pod.state() != State.WAITING)
          .findFirst()
          .flatMap(pod -> waits(pod, stage))
          .ifPresent(waits -> waitsByStage.put(stage.id(), waits));
    }
    return Map.copyOf(waitsByStage);
  }

  private Optional<List<StageWait>> waits(TaskContainer pod, StagePlan stage) {
    var waits = new ArrayList<StageWait>();
    if (stage.needs().isEmpty()) {
      return Optional.of(waits);
    }
    try {
      new PodLogReader(pod.name(), client, _ -> true, Duration.ZERO)
          .readOnce(line ->
              WaitMarker.parse(line.text())
                  .ifPresent(marker ->
                      line.time()
                          .ifPresent(time -> waits.add(new StageWait(marker.stage(), time)))));
      return Optional.of(List.copyOf(waits));
    } catch (IOException | ClusterException e) {
      return Optional.empty();
    }
  }
}
