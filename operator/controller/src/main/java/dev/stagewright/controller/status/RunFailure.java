package dev.stagewright.controller.status;

import dev.stagewright.api.v1alpha1.BuildFailure;
import dev.stagewright.controller.assess.StageStates;
import dev.stagewright.controller.observe.Observation;
import dev.stagewright.controller.podstatus.PodFacts;
import dev.stagewright.controller.podstatus.PodState;
import dev.stagewright.controller.run.Task;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.InstructionPosition;
import dev.stagewright.protocol.StagePlan;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Reports why a run failed. */
public record RunFailure(Observation observed) {
  /** The failure with the name of its stage. */
  public static Failure ofStage(Failure failure, StagePlan stage) {
    return failure.stage().isPresent()
        ? failure
        : new Failure(
            failure.reason(),
            failure.message(),
            Optional.of(stage.name()),
            failure.position(),
            failure.exitCode());
  }

  /** The Pod that runs, or that the run waits for. */
  public static Optional<PodFacts> podAtWork(Observation observed) {
    return observed.pods().stream()
        .filter(pod -> pod.state() instanceof PodState.Running)
        // Publish waits while stages run.
        .min(Comparator.comparing(pod -> pod.task() instanceof Task.Publish))
        .or(() -> observed.pods().stream().filter(pod -> !pod.hasEnded()).findFirst());
  }

  BuildFailure report(Failure failure, Optional<PodFacts> pod, Optional<StageStates> stages) {
    var stage =
        failure
            .stage()
            .or(() ->
                stages.flatMap(states ->
                    pod.flatMap(it ->
                        it.task() instanceof Task.Stage(var id)
                            ? Optional.of(states.plan().stage(id).name())
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
    return observed.logs().tail(pod).map(log -> log.tail(failure)).orElse(List.of());
  }

  /** The failure in one sentence, for conditions and Events. */
  public static String headline(BuildFailure failure) {
    var location = new StringBuilder();
    if (failure.stage() != null) {
      location.append("stage ").append(failure.stage());
    }
    // Errors of the parser contain the line.
    if (failure.line() != null && !failure.message().contains("on line " + failure.line() + ":")) {
      location.append(location.isEmpty() ? "" : ", ").append("line ").append(failure.line());
    }
    return location.isEmpty() ? failure.message() : location + ": " + failure.message();
  }
}
