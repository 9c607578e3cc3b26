package dev.stagewright.controller.decide;

import dev.stagewright.api.v1alpha1.BuildFailure;
import dev.stagewright.controller.observe.Observation;
import dev.stagewright.controller.observe.PodFacts;
import dev.stagewright.controller.observe.PodState;
import dev.stagewright.controller.run.Task;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.InstructionPosition;
import dev.stagewright.protocol.StagePlan;
import java.util.List;
import java.util.Optional;

/** Tells users why a run failed. */
record RunFailure(Observation observed) {
  /** A failure that does not know its stage by name gets it from the plan. */
  static Failure ofStage(Failure failure, StagePlan stage) {
    return failure.stage().isPresent()
        ? failure
        : new Failure(
            failure.reason(),
            failure.message(),
            Optional.of(stage.name()),
            failure.position(),
            failure.exitCode());
  }

  /** What the run was busy with. */
  static Optional<PodFacts> podAtWork(Observation observed) {
    return observed.pods().stream()
        .filter(pod -> pod.state() instanceof PodState.Running)
        .findFirst()
        .or(() -> observed.pods().stream().filter(pod -> !pod.isOver()).findFirst());
  }

  BuildFailure tell(Failure failure, Optional<PodFacts> pod, Optional<StageStates> board) {
    var stage =
        failure
            .stage()
            .or(() ->
                board.flatMap(it ->
                    pod.flatMap(at ->
                        at.task() instanceof Task.Stage(var id)
                            ? Optional.of(it.plan().stage(id).name())
                            : Optional.empty())));
    return new BuildFailure(
        failure.reason().name(),
        stage.orElse(null),
        failure.position().map(InstructionPosition::instruction).orElse(null),
        failure.position().map(InstructionPosition::file).orElse(null),
        failure.position().map(InstructionPosition::line).orElse(null),
        failure.exitCode().orElse(null),
        failure.message(),
        pod.map(PodFacts::name).orElse(null),
        pod.map(it -> tail(it, failure)).orElse(List.of()));
  }

  private List<String> tail(PodFacts pod, Failure failure) {
    return Optional.ofNullable(observed.logs().get(pod.name()))
        .map(log -> log.tail(failure))
        .orElse(List.of());
  }

  /** In one sentence, for conditions and events. */
  static String headline(BuildFailure failure) {
    var place = new StringBuilder();
    if (failure.stage() != null) {
      place.append("stage ").append(failure.stage());
    }
    if (failure.line() != null) {
      place.append(place.isEmpty() ? "" : ", ").append("line ").append(failure.line());
    }
    return place.isEmpty() ? failure.message() : place + ": " + failure.message();
  }
}
