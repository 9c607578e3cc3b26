package dev.stagewright.kubectl.debug;

import dev.stagewright.api.v1alpha1.BuildFailure;
import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.api.v1alpha1.ImageBuildStatus;
import dev.stagewright.api.v1alpha1.StageStatus;
import dev.stagewright.api.v1alpha1.StageStatus.RunsIn;
import dev.stagewright.api.v1alpha1.StageStatus.StagePhase;
import dev.stagewright.kubectl.cluster.NotFoundException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The stage to debug.
 *
 * @param stage its status
 * @param pod name of its Pod
 * @param failure the failure of the run, if this stage has failed
 */
public record DebugTarget(StageStatus stage, String pod, Optional<BuildFailure> failure) {

  /**
   * Selects a stage: that with the name, or else that which failed, or else that which runs.
   *
   * @throws NotFoundException if there is no such stage, or it has no Pod; the message says what is
   *     possible
   */
  public static DebugTarget select(ImageBuild build, Optional<String> name)
      throws NotFoundException {
    var status = Optional.ofNullable(build.getStatus());
    var stages = status.map(ImageBuildStatus::stages).orElse(List.of());
    var failure = status.flatMap(it -> Optional.ofNullable(it.failure()));
    var stage = find(build.getMetadata().getName(), stages, failure, name);
    if (stage.runsIn() == RunsIn.Worker) {
      throw new NotFoundException(
          "stage %s has no Pod: it only copies files, in the worker Pod".formatted(stage.name()));
    }
    var pod = stage.pod();
    if (pod == null) {
      throw new NotFoundException(
          "stage %s has no Pod: it %s"
              .formatted(
                  stage.name(),
                  stage.phase() == StagePhase.Succeeded
                      ? "did not run, because all its steps are cached"
                      : "has not started"));
    }
    return new DebugTarget(stage, pod, failure.filter(it -> stage.name().equals(it.stage())));
  }

  private static StageStatus find(
      String build, List<StageStatus> stages, Optional<BuildFailure> failure, Optional<String> name)
      throws NotFoundException {
    if (name.isPresent()) {
      return stages.stream()
          .filter(it -> it.name().equals(name.get()) || it.id().equals(name.get()))
          .findFirst()
          .orElseThrow(() ->
              new NotFoundException(
                  "ImageBuild %s has no stage %s; it has %s"
                      .formatted(build, name.get(), names(stages))));
    }
    return failure
        .flatMap(it -> stages.stream().filter(s -> s.name().equals(it.stage())).findFirst())
        .or(() -> stages.stream().filter(it -> it.phase() == StagePhase.Failed).findFirst())
        .or(() -> stages.stream().filter(it -> it.phase() == StagePhase.Running).findFirst())
        .orElseThrow(() ->
            new NotFoundException(
                stages.isEmpty()
                    ? "ImageBuild " + build + " has no stages yet"
                    : "no stage of %s has failed or runs; name one of %s"
                        .formatted(build, names(stages))));
  }

  private static String names(List<StageStatus> stages) {
    return stages.isEmpty()
        ? "none yet"
        : stages.stream().map(StageStatus::name).collect(Collectors.joining(", "));
  }
}
