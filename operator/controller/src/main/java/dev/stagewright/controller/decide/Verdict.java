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
record Verdict(
    Observation observed,
    Sandboxing sandboxing,
    PartAssessor assessor,
    Placing placing,
    RunActions actions) {
  /**
   * When the aftermath of a run begins. The status comes first: Pods that are gone before it is
   * written look lost, and worth another try, to an operator that was restarted in between.
   */
  private static final Duration RIGHT_AFTER = Duration.ofMillis(50);

  /** The image is pushed; what else was to become of it is done now. */
  Decision succeed(StageBoard board, Termination.Pushed pushed) {
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
      return underWay(
          new Situation(BuildPhase.Pushing, refusal.reason(), message + refusal.message()),
          Optional.of(board));
    }
    return fail(
        Failure.of(
            FailureReason.InvalidRequest, "spec.output.configMap: " + message + refusal.message()),
        Optional.empty(),
        Optional.of(board));
  }

  private Decision finish(StageBoard board, Termination.Pushed pushed) {
    var message =
        "pushed " + board.plan().references().getFirst() + " with digest " + pushed.digest();
    var situation = new Situation(BuildPhase.Succeeded, "Pushed", message);
    var status =
        status(situation, Optional.of(board), Optional.of(pushed), pushed.scan(), Optional.empty());
    return new Decision(actions.list(), status, Optional.of(RIGHT_AFTER));
  }

  /** It goes on. */
  Decision underWay(Situation situation, Optional<StageBoard> board) {
    var status = status(situation, board, Optional.empty(), Optional.empty(), Optional.empty());
    return new Decision(
        actions.list(), status, Optional.of(new Pace(observed).next(actions.wakeUps())));
  }

  /** A failure of the run itself, whatever part is under way. */
  Decision fail(Failure failure) {
    var board =
        observed.plan() instanceof PlanLookup.Stored(var plan)
            ? Optional.of(StageBoard.of(plan, assessor))
            : Optional.<StageBoard>empty();
    var isTimeout = failure.reason() == FailureReason.Timeout;
    var pod = isTimeout ? RunFailure.podAtWork(observed) : Optional.<PodFacts>empty();
    return fail(failure, pod, board);
  }

  /** A failure of a part. */
  Decision fail(Failure failure, Optional<PodFacts> pod, Optional<StageBoard> board) {
    actions.dropCreations();
    var told = new RunFailure(observed).tell(failure, pod, board);
    var situation =
        new Situation(BuildPhase.Failed, failure.reason().name(), RunFailure.headline(told));
    var scan = pod.flatMap(PodFacts::lastWords).flatMap(Termination::scan);
    var status = status(situation, board, Optional.empty(), scan, Optional.of(told));
    return new Decision(actions.list(), status, Optional.of(RIGHT_AFTER));
  }

  private ImageBuildStatus status(
      Situation situation,
      Optional<StageBoard> board,
      Optional<Termination.Pushed> pushed,
      Optional<ScanResult> scan,
      Optional<BuildFailure> failure) {
    var stages =
        board
            .map(it -> new StageReporter(observed, it, failure.isPresent()).report())
            .orElse(List.of());
    return new StatusWriter(observed)
        .status(
            new Progress(
                situation.phase(),
                situation.reason(),
                situation.message(),
                Optional.empty(),
                board.map(StageBoard::plan),
                stages,
                actions.attempts(),
                Optional.of(placing.status()),
                board.map(_ -> sandboxing.status()),
                pushed,
                scan,
                failure));
  }
}
