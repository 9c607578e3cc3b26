package dev.stagewright.controller.decide;

import dev.stagewright.api.v1alpha1.StageStatus;
import dev.stagewright.api.v1alpha1.StageStatus.StagePhase;
import dev.stagewright.controller.observe.Observation;
import dev.stagewright.controller.observe.PodDeletion;
import dev.stagewright.controller.observe.PodFacts;
import dev.stagewright.controller.observe.PodState;
import dev.stagewright.protocol.StagePlan;
import dev.stagewright.protocol.Termination;
import java.util.List;
import java.util.Optional;

/**
 * Says of each stage how far it is.
 *
 * @param entries says the rest of each
 * @param runEnds whether the run ends with this, so that what is not done never will be
 */
record StageStatusBuilder(
    Observation observed, StageStates board, StageEntries entries, boolean runEnds) {

  StageStatusBuilder(Observation observed, StageStates board, boolean runEnds) {
    this(observed, board, new StageEntries(observed, board.plan()), runEnds);
  }

  List<StageStatus> report() {
    return board.plan().stages().stream()
        .flatMap(stage -> new SharedPod(observed, board, stage).entries(report(stage)).stream())
        .toList();
  }

  private StageStatus report(StagePlan stage) {
    var previous = entries.previous(stage);
    return switch (board.state(stage.id())) {
      case TaskState.NotStarted _ -> notStarted(stage);
      case TaskState.Active(var pod) -> active(stage, pod);
      case TaskState.Done(var words, var pod) ->
          pod.map(it -> done(stage, it, words))
              .or(() -> previous)
              .orElseGet(() -> entries.bare(stage, StagePhase.Succeeded, null, null));
      case TaskState.Retrying _ when !runEnds && !board.mayStart(stage) -> notStarted(stage);
      case TaskState.Retrying(var attempt, _, var why) ->
          entries.bare(
              stage,
              runEnds ? StagePhase.Cancelled : StagePhase.Pending,
              "Retrying",
              "attempt " + attempt + " follows: " + why);
      case TaskState.Failed(var failure, var pod) -> {
        var reason = failure.reason().name();
        yield pod.map(it -> entries.entry(stage, it, StagePhase.Failed, reason, failure.message()))
            .orElseGet(() -> entries.bare(stage, StagePhase.Failed, reason, failure.message()));
      }
    };
  }

  private StageStatus done(StagePlan stage, PodFacts pod, Optional<Termination> words) {
    return words.orElse(null) instanceof Termination.Staged staged
        ? entries.entry(
            stage,
            pod,
            Optional.of(staged.sandbox()),
            StagePhase.Succeeded,
            staged.layerBytes() + staged.exportedBytes(),
            null,
            null)
        : entries.entry(stage, pod, StagePhase.Succeeded, null, null);
  }

  private StageStatus notStarted(StagePlan stage) {
    if (runEnds) {
      return entries.bare(stage, StagePhase.Cancelled, null, null);
    }
    var refusal = Optional.ofNullable(observed.refusals().get(stage.id()));
    if (refusal.isPresent()) {
      return entries.bare(
          stage, StagePhase.Pending, refusal.get().reason(), refusal.get().message());
    }
    return board
        .blocker(stage)
        .filter(_ -> !board.mayStart(stage))
        .map(name ->
            entries.bare(stage, StagePhase.Waiting, "WaitsForStage", "waits for stage " + name))
        .orElseGet(() -> entries.bare(stage, StagePhase.Pending, null, null));
  }

  private StageStatus active(StagePlan stage, PodFacts pod) {
    if (runEnds) {
      return entries.entry(stage, pod, StagePhase.Cancelled, null, null);
    }
    return switch (pod.state()) {
      case PodState.Waiting waiting ->
          entries.entry(
              stage,
              pod,
              StagePhase.Pending,
              waiting.waitingReason().map(PodState.WaitingReason::reason).orElse(null),
              waiting.waitingReason().map(PodState.WaitingReason::message).orElse(null));
      case PodState.Created _ -> entries.entry(stage, pod, StagePhase.Pending, null, null);
      case PodState.Running _,
          PodState.Ended _,
          PodState.InitFailed _,
          PodState.Lost _,
          PodState.DeadlineExceeded _ ->
          entries.entry(
              stage,
              pod,
              StagePhase.Running,
              pod.removal().map(PodDeletion::reason).orElse(null),
              pod.removal().map(PodDeletion::message).orElse(null));
    };
  }
}
