package dev.stagewright.controller.status;

import dev.stagewright.api.v1alpha1.ImageBuildStatus;
import dev.stagewright.api.v1alpha1.KubernetesDuration;
import dev.stagewright.api.v1alpha1.StageStatus;
import dev.stagewright.api.v1alpha1.StageStatus.StagePhase;
import dev.stagewright.controller.observe.Observation;
import dev.stagewright.controller.podstatus.PodFacts;
import dev.stagewright.controller.podstatus.PodState;
import dev.stagewright.protocol.Termination;
import java.time.Duration;
import java.util.Optional;

/**
 * Adds to the status of a run that has ended what the kubelet reports afterwards: an image is
 * published up to two seconds before the kubelet reports the end of the last stage.
 */
public record EndedStages(Observation observed) {

  /** The status with the times and sizes of stages whose Pods have ended by now. */
  public ImageBuildStatus addTo(ImageBuildStatus status) {
    var stages = status.stages().stream().map(this::complete).toList();
    return stages.equals(status.stages()) ? status : status.toBuilder().stages(stages).build();
  }

  private StageStatus complete(StageStatus stage) {
    return stage.phase() == StagePhase.Succeeded
            && stage.runsIn() == StageStatus.RunsIn.Pod
            && stage.sharesPodOf() == null
            && stage.duration() == null
        ? pod(stage).flatMap(pod -> complete(stage, pod)).orElse(stage)
        : stage;
  }

  private Optional<PodFacts> pod(StageStatus stage) {
    return observed.pods().stream().filter(pod -> pod.name().equals(stage.pod())).findFirst();
  }

  private static Optional<StageStatus> complete(StageStatus stage, PodFacts pod) {
    if (!(pod.state() instanceof PodState.Ended(_, var period))
        || period.isEmpty()
        || !(pod.report().orElse(null) instanceof Termination.Staged staged)) {
      return Optional.empty();
    }
    var start = period.get().startedAt();
    var end = period.get().finishedAt();
    return Optional.of(
        stage.toBuilder()
            .startTime(start.toString())
            .completionTime(end.toString())
            .duration(KubernetesDuration.format(Duration.between(start, end)))
            .sandbox(staged.sandbox().apiName())
            .size(staged.layerBytes() + staged.exportedBytes())
            .peakMemory(staged.peakMemory().orElse(null))
            .build());
  }
}
