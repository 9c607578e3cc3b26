package dev.stagewright.controller.decide;

import dev.stagewright.api.v1alpha1.BuildFailure;
import dev.stagewright.api.v1alpha1.BuildPhase;
import dev.stagewright.api.v1alpha1.ImageBuildStatus;
import dev.stagewright.controller.observe.Observation;
import dev.stagewright.controller.observe.Observation.PlanLookup;
import dev.stagewright.controller.observe.PodFacts;
import dev.stagewright.controller.pods.ImageRecord;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.ScanResult;
import dev.stagewright.protocol.Termination;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a decision ends: the run goes on, or it is over, one way or the other.
 *
 * @param actions that were decided
 */
record DecisionBuilder(
    Observation observed,
    SandboxSelection sandboxing,
    TaskStateEvaluator assessor,
    NodePlacement placing,
    RunActions actions) {
  /**
   * When the aftermath of a run begins. The status comes first: Pods that are gone before it is
   * written look lost, and worth another try, to an operator that was restarted in between.
   */
  private static final Duration RIGHT_AFTER = Duration.ofMillis(50);

  /** The image is pushed; what else was to become of it is done now. */
  Decision succeed(StageStates board, Termination.Pushed pushed) {
    var target = observed.spec().output().configMap();
    if (target == null) {
      return finish(board, pushed);
    }
    var refusal = observed.refusals().get(target.name());
    if (refusal == null) {
      var image = new ImageRecord(board.plan().references().getFirst(), pushed.digest());
      actions.publish(image.in(observed.run(), target.name()));
      return finish(board, pushed);
    }
    var message = "the image is pushed, but not written into ConfigMap " + target.name() + ": ";
    if (refusal.passing()) {
      actions.lookAgainSoon();
      return active(
          new ReadyReason(BuildPhase.Pushing, refusal.reason(), message + refusal.message()),
          Optional.of(board));
    }
    return fail(
        Failure.of(
            FailureReason.InvalidRequest, "spec.output.configMap: " + message + refusal.message()),
        Optional.empty(),
        Optional.of(board));
  }

  private Decision finish(StageStates board, Termination.Pushed pushed) {
    var message =
        "pushed " + board.plan().references().getFirst() + " with digest " + pushed.digest();
    var readyReason = new ReadyReason(BuildPhase.Succeeded, "Pushed", message);
    var status =
        status(
            readyReason, Optional.of(board), Optional.of(pushed), pushed.scan(), Optional.empty());
    return new Decision(actions.list(), status, Optional.of(RIGHT_AFTER));
  }

  /** It goes on. */
  Decision active(ReadyReason readyReason, Optional<StageStates> board) {
    var status = status(readyReason, board, Optional.empty(), Optional.empty(), Optional.empty());
    return new Decision(
        actions.list(), status, Optional.of(new RequeueInterval(observed).next(actions.wakeUps())));
  }

  /** A failure of the run itself, whatever part is under way. */
  Decision fail(Failure failure) {
    var board =
        observed.plan() instanceof PlanLookup.Stored(var plan)
            ? Optional.of(StageStates.of(plan, assessor))
            : Optional.<StageStates>empty();
    var isTimeout = failure.reason() == FailureReason.Timeout;
    var pod = isTimeout ? RunFailure.podAtWork(observed) : Optional.<PodFacts>empty();
    return fail(failure, pod, board);
  }

  /** A failure of a part. */
  Decision fail(Failure failure, Optional<PodFacts> pod, Optional<StageStates> board) {
    actions.dropCreations();
    var told = new RunFailure(observed).tell(failure, pod, board);
    var readyReason =
        new ReadyReason(BuildPhase.Failed, failure.reason().name(), RunFailure.headline(told));
    var scan = pod.flatMap(PodFacts::lastWords).flatMap(Termination::scan);
    var status = status(readyReason, board, Optional.empty(), scan, Optional.of(told));
    return new Decision(actions.list(), status, Optional.of(RIGHT_AFTER));
  }

  private ImageBuildStatus status(
      ReadyReason readyReason,
      Optional<StageStates> board,
      Optional<Termination.Pushed> pushed,
      Optional<ScanResult> scan,
      Optional<BuildFailure> failure) {
    var stages =
        board
            .map(it -> new StageStatusBuilder(observed, it, failure.isPresent()).report())
            .orElse(List.of());
    return new StatusWriter(observed)
        .status(
            new StatusInputs(
                readyReason.phase(),
                readyReason.reason(),
                readyReason.message(),
                Optional.empty(),
                board.map(StageStates::plan),
                stages,
                actions.attempts(),
                Optional.of(placing.status()),
                board.map(_ -> sandboxing.status()),
                pushed,
                scan,
                failure));
  }
}
