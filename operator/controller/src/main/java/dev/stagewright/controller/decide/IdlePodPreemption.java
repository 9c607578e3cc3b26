package dev.stagewright.controller.decide;

import dev.stagewright.controller.observe.LogTail;
import dev.stagewright.controller.observe.Observation;
import dev.stagewright.controller.observe.Observation.Refusal;
import dev.stagewright.controller.observe.PodFacts;
import dev.stagewright.controller.observe.PodState;
import dev.stagewright.protocol.StagePlan;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Finds Pods that wait for a stage which has lost its own Pod and gets no other, maybe because of
 * the place that they hold: a quota or a cluster with room for one Pod would else never see either
 * of them end.
 *
 * <p>Such a Pod ends, and its stage comes again once the other has its place. What it had done is
 * lost; that is why only those make way that have nothing to do but wait.
 */
record IdlePodPreemption(Observation observed, StageStates board) {
  /** Room is often there in a moment: Pods that end take a while to be gone. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Those that are to end. */
  List<PodFacts> pods() {
    return board.plan().stages().stream().flatMap(stage -> idle(stage).stream()).toList();
  }

  private Optional<PodFacts> idle(StagePlan stage) {
    return board.state(stage.id()) instanceof TaskState.Active(var pod)
            && !pod.stopping()
            && awaited(pod).filter(name -> isWithoutPlace(stage, name)).isPresent()
        ? Optional.of(pod)
        : Optional.empty();
  }

  private Optional<String> awaited(PodFacts pod) {
    return Optional.ofNullable(observed.logs().get(pod.name())).flatMap(LogTail::awaitedStage);
  }

  private boolean isWithoutPlace(StagePlan stage, String needed) {
    return stage.needs().stream()
        .filter(id -> board.plan().stage(id).name().equals(needed))
        .anyMatch(this::isWithoutPlace);
  }

  private boolean isWithoutPlace(String id) {
    return switch (board.state(id)) {
      case TaskState.Retrying _ -> isRefusedByQuota(id);
      case TaskState.Active(var pod) ->
          pod.state() instanceof PodState.Waiting(var scheduled, var since, var waitingReason)
              && !scheduled
              && waitingReason.isPresent()
              && observed.now().isAfter(since.plus(PATIENCE));
      case TaskState.NotStarted _, TaskState.Done _, TaskState.Failed _ -> false;
    };
  }

  private boolean isRefusedByQuota(String id) {
    return Optional.ofNullable(observed.refusals().get(id)).filter(Refusal::isOfQuota).isPresent();
  }
}
