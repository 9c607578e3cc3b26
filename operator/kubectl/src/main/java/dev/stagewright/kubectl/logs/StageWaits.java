package dev.stagewright.kubectl.logs;

import dev.stagewright.kubectl.chart.Wait;
import dev.stagewright.kubectl.cluster.BuildPod;
import dev.stagewright.kubectl.cluster.BuildPod.Progress;
import dev.stagewright.kubectl.cluster.ClusterException;
import dev.stagewright.kubectl.cluster.LogSource;
import dev.stagewright.kubectl.cluster.Snapshot;
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

/** Finds in the logs of stages when they waited for others; status does not say so. */
public record StageWaits(LogSource source) {

  /** By stage id; a stage whose log cannot be read is missing. */
  public Map<String, List<Wait>> find(Snapshot snapshot, BuildPlan plan) {
    var wish = new LogWish(Optional.empty(), false);
    var names = StageNames.of(snapshot.status());
    var pods = wish.choose(snapshot.pods(), names);
    var found = new HashMap<String, List<Wait>>();
    for (var stage : plan.stages()) {
      pods.stream()
          .filter(pod -> pod.part().equals(stage.id()) && pod.progress() != Progress.WAITING)
          .findFirst()
          .flatMap(pod -> waits(pod, stage))
          .ifPresent(waits -> found.put(stage.id(), waits));
    }
    return Map.copyOf(found);
  }

  private Optional<List<Wait>> waits(BuildPod pod, StagePlan stage) {
    var waits = new ArrayList<Wait>();
    if (stage.needs().isEmpty()) {
      return Optional.of(waits);
    }
    try {
      new PodLog(pod.name(), source, _ -> true, Duration.ZERO)
          .readOnce(line ->
              WaitMarker.parse(line.text())
                  .ifPresent(marker ->
                      line.time().ifPresent(time -> waits.add(new Wait(marker.stage(), time)))));
      return Optional.of(List.copyOf(waits));
    } catch (IOException | ClusterException e) {
      return Optional.empty();
    }
  }
}
