package dev.stagewright.controller.decide;

import dev.stagewright.api.v1alpha1.BuildPhase;
import dev.stagewright.controller.cluster.Cluster.Features;
import dev.stagewright.controller.config.OperatorConfig;
import dev.stagewright.controller.decide.PartState.Done;
import dev.stagewright.controller.decide.PartState.GaveUp;
import dev.stagewright.controller.observe.Observation;
import dev.stagewright.controller.observe.Observation.PlanLookup;
import dev.stagewright.controller.pods.RegistryAccess;
import dev.stagewright.controller.pods.RunObjects;
import dev.stagewright.controller.pods.StagePod;
import dev.stagewright.controller.pods.WorkerPod;
import dev.stagewright.controller.run.Part;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.Termination;
import java.util.Optional;

/** One decision in the making: walks the run from its start to the first thing that is not done. */
final class RunDecision {
  private final Observation observed;
  private final Sandboxing sandboxing;
  private final PartAssessor assessor;
  private final RunActions actions;
  private final RunObjects objects;
  private final WorkerPod workers;
  private final RunChecks checks;
  private final Verdict verdict;

  RunDecision(Observation seen, OperatorConfig config, Features features) {
    sandboxing = new Sandboxing(seen, config, features.userNamespaceObstacle());
    observed = sandboxing.assessable();
    assessor = new PartAssessor(observed, config.podStartTimeout(), sandboxing);
    var placing = new Placing(observed);
    actions = new RunActions(observed);
    var blueprint = placing.blueprint(config.image(), sandboxing.kind(), features.imageVolumes());
    objects = new RunObjects(blueprint);
    workers = new WorkerPod(blueprint, RegistryAccess.of(config));
    checks = new RunChecks(observed, config);
    verdict = new Verdict(observed, sandboxing, assessor, placing, actions);
  }

  Decision decide() {
    observed.superseded().forEach(actions::delete);
    actions.endPods();
    var over =
        observed.previous().filter(status -> status.phase() != null && status.phase().isFinal());
    if (over.isPresent()) {
      return new Aftermath(observed, over.get()).decide(actions);
    }
    var problem = checks.problem().or(sandboxing::problem);
    return problem.isPresent() ? verdict.fail(problem.get()) : prepare();
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
      case PlanLookup.Printed _,
          PlanLookup.Unknown _,
          PlanLookup.OutOfReach _,
          PlanLookup.Missing _ -> {
        if (state instanceof GaveUp(var failure, var pod)) {
          yield verdict.fail(failure, pod, Optional.empty());
        }
        actions.advance(part, state, attempt -> workers.prepare(attempt));
        var check = new Part.Check();
        var checked = assessor.assess(check);
        if (checked instanceof GaveUp(var failure, var pod)) {
          yield verdict.fail(failure, pod, Optional.empty());
        }
        // A run that may not have its first Pod yet is queued, and has none.
        if (state instanceof PartState.UnderWay) {
          actions.advance(check, checked, attempt -> workers.check(attempt));
        }
        yield verdict.underWay(preparing().of(observed, part, state), Optional.empty());
      }
    };
  }

  private Situation preparing() {
    if (observed.plan() instanceof PlanLookup.OutOfReach(var why)) {
      actions.lookAgainSoon();
      return new Situation(
          BuildPhase.Preparing, "waits for the log of prepare, which holds the plan: " + why);
    }
    return new Situation(BuildPhase.Preparing, "fetches the source and makes the plan");
  }

  /** Stages start only when the registry would take what they make. */
  private Decision check(BuildPlan plan) {
    var part = new Part.Check();
    var state = assessor.assess(part);
    var board = Optional.of(StageBoard.of(plan, assessor));
    return switch (state) {
      case Done _ -> build(plan);
      case GaveUp(var failure, var pod) -> verdict.fail(failure, pod, board);
      case PartState.NotStarted _, PartState.UnderWay _, PartState.Again _ -> {
        actions.advance(part, state, attempt -> workers.check(attempt));
        var situation =
            new Situation(
                BuildPhase.Preparing, "asks the registry whether it would take the image");
        yield verdict.underWay(situation.of(observed, part, state), board);
      }
    };
  }

  private Decision build(BuildPlan plan) {
    var board = StageBoard.of(plan, assessor);
    var failed = board.failed();
    if (failed.isPresent()) {
      var gaveUp = failed.get().getValue();
      var failure = RunFailure.ofStage(gaveUp.failure(), failed.get().getKey());
      return verdict.fail(failure, gaveUp.pod(), Optional.of(board));
    }
    if (board.isDone()) {
      return push(board);
    }
    for (var stage : plan.stages()) {
      if (board.mayStart(stage)) {
        var kind = sandboxing.of(stage).kind();
        var pod = new StagePod(objects.blueprint().in(kind), plan, stage);
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
    return verdict.underWay(Situation.building(observed, board), Optional.of(board));
  }

  private Decision push(StageBoard board) {
    var part = new Part.Push();
    var state = assessor.assess(part);
    var situation = new Situation(BuildPhase.Pushing, "pushes the image");
    return switch (state) {
      case GaveUp(var failure, var pod) -> verdict.fail(failure, pod, Optional.of(board));
      case Done(var words, _) when words.orElse(null) instanceof Termination.Pushed pushed ->
          verdict.succeed(board, pushed);
      case PartState.NotStarted _ when observed.earlierPodsPush() -> {
        // Else the earlier run might move the tag back after this one has moved it.
        actions.lookAgainSoon();
        yield verdict.underWay(
            new Situation(BuildPhase.Pushing, "waits for the push of the run before to end"),
            Optional.of(board));
      }
      case PartState.NotStarted _, PartState.UnderWay _, PartState.Again _, Done _ -> {
        actions.advance(part, state, attempt -> workers.push(attempt));
        yield verdict.underWay(situation.of(observed, part, state), Optional.of(board));
      }
    };
  }
}
