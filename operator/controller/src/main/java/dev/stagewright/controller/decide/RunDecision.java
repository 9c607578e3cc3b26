package dev.stagewright.controller.decide;

import dev.stagewright.api.v1alpha1.BuildFailure;
import dev.stagewright.api.v1alpha1.BuildPhase;
import dev.stagewright.api.v1alpha1.ImageBuildStatus;
import dev.stagewright.controller.cluster.Cluster.Features;
import dev.stagewright.controller.config.OperatorConfig;
import dev.stagewright.controller.decide.PartState.Done;
import dev.stagewright.controller.decide.PartState.GaveUp;
import dev.stagewright.controller.observe.Observation;
import dev.stagewright.controller.observe.Observation.PlanLookup;
import dev.stagewright.controller.observe.PodFacts;
import dev.stagewright.controller.pods.ImageRecord;
import dev.stagewright.controller.pods.RegistryAccess;
import dev.stagewright.controller.pods.RunObjects;
import dev.stagewright.controller.pods.StagePod;
import dev.stagewright.controller.pods.WorkerPod;
import dev.stagewright.controller.run.Part;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.ScanResult;
import dev.stagewright.protocol.Termination;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One decision in the making: walks the run from its start to the first thing that is not done. */
final class RunDecision {
  /**
   * When the aftermath of a run begins. The status comes first: Pods that are gone before it is
   * written look lost, and worth another try, to an operator that was restarted in between.
   */
  private static final Duration RIGHT_AFTER = Duration.ofMillis(50);

  private final Observation observed;
  private final Sandboxing sandboxing;
  private final PartAssessor assessor;
  private final Placing placing;
  private final RunActions actions;
  private final RunObjects objects;
  private final WorkerPod workers;
  private final RunChecks checks;

  RunDecision(Observation seen, OperatorConfig config, Features features) {
    sandboxing = new Sandboxing(seen, config, features.userNamespaceObstacle());
    observed = sandboxing.assessable();
    assessor = new PartAssessor(observed, config.podStartTimeout(), sandboxing);
    placing = new Placing(observed);
    actions = new RunActions(observed);
    var blueprint = placing.blueprint(config.image(), sandboxing.kind(), features.imageVolumes());
    objects = new RunObjects(blueprint);
    workers = new WorkerPod(blueprint, RegistryAccess.of(config));
    checks = new RunChecks(observed, config);
  }

  Decision decide() {
    observed.superseded().forEach(actions::delete);
    var over =
        observed.previous().filter(status -> status.phase() != null && status.phase().isFinal());
    if (over.isPresent()) {
      return new Aftermath(observed, over.get()).decide(actions);
    }
    var problem = checks.problem().or(sandboxing::problem);
    return problem.isPresent() ? fail(problem.get()) : prepare();
  }

  private Decision prepare() {
    actions.createUnless(observed.hasRequest(), objects.request(checks.request()));
    actions.createUnless(observed.hasWorkspace(), objects.workspace());
    var part = new Part.Prepare();
    var state = assessor.assess(part);
    return switch (observed.plan()) {
      case PlanLookup.Stored(var plan) -> check(plan);
      case PlanLookup.Printed(var plan, var json) when state instanceof Done -> {
        actions.createUnless(false, objects.plan(json));
        yield check(plan);
      }
      default -> {
        if (state instanceof GaveUp(var failure, var pod)) {
          yield fail(failure, pod, Optional.empty());
        }
        actions.advance(part, state, attempt -> workers.prepare(attempt));
        var check = new Part.Check();
        var checked = assessor.assess(check);
        if (checked instanceof GaveUp(var failure, var pod)) {
          yield fail(failure, pod, Optional.empty());
        }
        // A run that may not have its first Pod yet is queued, and has none.
        if (state instanceof PartState.UnderWay) {
          actions.advance(check, checked, attempt -> workers.check(attempt));
        }
        yield underWay(
            new Situation(BuildPhase.Preparing, "fetches the source and makes the plan")
                .of(observed, part, state),
            Optional.empty());
      }
    };
  }

  /** Stages start only when the registry would take what they make. */
  private Decision check(BuildPlan plan) {
    var part = new Part.Check();
    var state = assessor.assess(part);
    var board = Optional.of(StageBoard.of(plan, assessor));
    return switch (state) {
      case Done _ -> build(plan);
      case GaveUp(var failure, var pod) -> fail(failure, pod, board);
      default -> {
        actions.advance(part, state, attempt -> workers.check(attempt));
        var situation =
            new Situation(
                BuildPhase.Preparing, "asks the registry whether it would take the image");
        yield underWay(situation.of(observed, part, state), board);
      }
    };
  }

  private Decision build(BuildPlan plan) {
    var board = StageBoard.of(plan, assessor);
    var failed = board.failed();
    if (failed.isPresent()) {
      var gaveUp = failed.get().getValue();
      var failure = RunFailure.ofStage(gaveUp.failure(), failed.get().getKey());
      return fail(failure, gaveUp.pod(), Optional.of(board));
    }
    if (board.isDone()) {
      return push(board);
    }
    for (var stage : plan.stages()) {
      if (board.mayStart(stage)) {
        var pod = new StagePod(objects.blueprint(), plan, stage);
        var part = new Part.Stage(stage.id());
        var limits = new StageLimits(observed, part).ofNextPod();
        actions.advance(
            part,
            board.state(stage.id()),
            pod.first(),
            attempt -> limits.applyTo(pod.pod(attempt)));
      }
    }
    new MakingWay(observed, board).pods().forEach(actions::stop);
    return underWay(Situation.building(observed, board), Optional.of(board));
  }

  private Decision push(StageBoard board) {
    var part = new Part.Push();
    var state = assessor.assess(part);
    var situation = new Situation(BuildPhase.Pushing, "pushes the image");
    return switch (state) {
      case GaveUp(var failure, var pod) -> fail(failure, pod, Optional.of(board));
      case Done(var words, _) when words.orElse(null) instanceof Termination.Pushed pushed ->
          succeed(board, pushed);
      case PartState.NotStarted _ when observed.earlierPodsPush() -> {
        // Else the earlier run might move the tag back after this one has moved it.
        actions.lookAgainSoon();
        yield underWay(
            new Situation(BuildPhase.Pushing, "waits for the push of the run before to end"),
            Optional.of(board));
      }
      default -> {
        actions.advance(part, state, attempt -> workers.push(attempt));
        yield underWay(situation.of(observed, part, state), Optional.of(board));
      }
    };
  }

  private Decision succeed(StageBoard board, Termination.Pushed pushed) {
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

  private Decision underWay(Situation situation, Optional<StageBoard> board) {
    var status = status(situation, board, Optional.empty(), Optional.empty(), Optional.empty());
    return new Decision(
        actions.list(), status, Optional.of(new Pace(observed).next(actions.wakeUps())));
  }

  /** A failure of the run itself, whatever part is under way. */
  private Decision fail(Failure failure) {
    var board =
        observed.plan() instanceof PlanLookup.Stored(var plan)
            ? Optional.of(StageBoard.of(plan, assessor))
            : Optional.<StageBoard>empty();
    var isTimeout = failure.reason() == FailureReason.Timeout;
    var pod = isTimeout ? RunFailure.podAtWork(observed) : Optional.<PodFacts>empty();
    return fail(failure, pod, board);
  }

  private Decision fail(Failure failure, Optional<PodFacts> pod, Optional<StageBoard> board) {
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
