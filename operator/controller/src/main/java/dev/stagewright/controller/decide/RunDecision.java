package dev.stagewright.controller.decide;

import dev.stagewright.api.v1alpha1.BuildPhase;
import dev.stagewright.controller.cluster.Cluster.Features;
import dev.stagewright.controller.config.OperatorConfig;
import dev.stagewright.controller.decide.TaskState.Done;
import dev.stagewright.controller.decide.TaskState.Failed;
import dev.stagewright.controller.observe.Observation;
import dev.stagewright.controller.observe.Observation.PlanLookup;
import dev.stagewright.controller.pods.RegistryAccess;
import dev.stagewright.controller.pods.RunObjects;
import dev.stagewright.controller.pods.StagePod;
import dev.stagewright.controller.pods.WorkerPod;
import dev.stagewright.controller.run.Task;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.Termination;
import java.util.Optional;

/** One decision in the making: walks the run from its start to the first thing that is not done. */
final class RunDecision {
  private final Observation observed;
  private final SandboxSelection sandboxing;
  private final TaskStateEvaluator assessor;
  private final RunActions actions;
  private final RunObjects objects;
  private final WorkerPod workers;
  private final RunChecks checks;
  private final DecisionBuilder verdict;

  RunDecision(Observation seen, OperatorConfig config, Features features) {
    sandboxing = new SandboxSelection(seen, config, features.userNamespaceProblem());
    observed = sandboxing.assessable();
    assessor = new TaskStateEvaluator(observed, config.podStartTimeout(), sandboxing);
    var placing = new NodePlacement(observed);
    actions = new RunActions(observed);
    var context = placing.context(config.image(), sandboxing.kind(), features.imageVolumes());
    objects = new RunObjects(context);
    workers = new WorkerPod(context, RegistryAccess.of(config));
    checks = new RunChecks(observed, config);
    verdict = new DecisionBuilder(observed, sandboxing, assessor, placing, actions);
  }

  Decision decide() {
    observed.superseded().forEach(actions::delete);
    actions.endPods();
    var over =
        observed.previous().filter(status -> status.phase() != null && status.phase().isFinal());
    if (over.isPresent()) {
      return new FinishedRun(observed, over.get()).decide(actions);
    }
    var problem = checks.problem().or(sandboxing::problem);
    return problem.isPresent() ? verdict.fail(problem.get()) : prepare();
  }

  private Decision prepare() {
    actions.createUnless(observed.hasRequest(), objects.request(checks.request()));
    actions.createUnless(observed.hasWorkspace(), objects.workspace());
    var task = new Task.Prepare();
    var state = assessor.assess(task);
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
        if (state instanceof Failed(var failure, var pod)) {
          yield verdict.fail(failure, pod, Optional.empty());
        }
        actions.advance(task, state, attempt -> workers.prepare(attempt));
        var check = new Task.Check();
        var checked = assessor.assess(check);
        if (checked instanceof Failed(var failure, var pod)) {
          yield verdict.fail(failure, pod, Optional.empty());
        }
        // A run that may not have its first Pod yet is queued, and has none.
        if (state instanceof TaskState.Active) {
          actions.advance(check, checked, attempt -> workers.check(attempt));
        }
        yield verdict.active(preparing().of(observed, task, state), Optional.empty());
      }
    };
  }

  private ReadyReason preparing() {
    if (observed.plan() instanceof PlanLookup.OutOfReach(var why)) {
      actions.lookAgainSoon();
      return new ReadyReason(
          BuildPhase.Preparing, "waits for the log of prepare, which holds the plan: " + why);
    }
    return new ReadyReason(BuildPhase.Preparing, "fetches the source and makes the plan");
  }

  /** Stages start only when the registry would take what they make. */
  private Decision check(BuildPlan plan) {
    var task = new Task.Check();
    var state = assessor.assess(task);
    var board = Optional.of(StageStates.of(plan, assessor));
    return switch (state) {
      case Done _ -> build(plan);
      case Failed(var failure, var pod) -> verdict.fail(failure, pod, board);
      case TaskState.NotStarted _, TaskState.Active _, TaskState.Retrying _ -> {
        actions.advance(task, state, attempt -> workers.check(attempt));
        var readyReason =
            new ReadyReason(
                BuildPhase.Preparing, "asks the registry whether it would take the image");
        yield verdict.active(readyReason.of(observed, task, state), board);
      }
    };
  }

  private Decision build(BuildPlan plan) {
    var board = StageStates.of(plan, assessor);
    var failed = board.failed();
    if (failed.isPresent()) {
      var state = failed.get().getValue();
      var failure = RunFailure.ofStage(state.failure(), failed.get().getKey());
      return verdict.fail(failure, state.pod(), Optional.of(board));
    }
    if (board.isDone()) {
      return push(board);
    }
    for (var stage : plan.stages()) {
      if (board.mayStart(stage)) {
        var kind = sandboxing.of(stage).kind();
        var pod = new StagePod(objects.context().withSandbox(kind), plan, stage);
        var task = new Task.Stage(stage.id());
        var limits = new StageLimits(observed, task).ofNextPod();
        actions.advance(
            task,
            board.state(stage.id()),
            pod.prerequisites(),
            attempt -> pod.pod(attempt, limits));
      }
    }
    new IdlePodPreemption(observed, board).pods().forEach(actions::stop);
    return verdict.active(ReadyReason.building(observed, board), Optional.of(board));
  }

  private Decision push(StageStates board) {
    var task = new Task.Push();
    var state = assessor.assess(task);
    var readyReason = new ReadyReason(BuildPhase.Pushing, "pushes the image");
    return switch (state) {
      case Failed(var failure, var pod) -> verdict.fail(failure, pod, Optional.of(board));
      case Done(var words, _) when words.orElse(null) instanceof Termination.Pushed pushed ->
          verdict.succeed(board, pushed);
      case TaskState.NotStarted _ when observed.earlierPodsPush() -> {
        // Else the earlier run might move the tag back after this one has moved it.
        actions.lookAgainSoon();
        yield verdict.active(
            new ReadyReason(BuildPhase.Pushing, "waits for the push of the run before to end"),
            Optional.of(board));
      }
      case TaskState.NotStarted _, TaskState.Active _, TaskState.Retrying _, Done _ -> {
        actions.advance(task, state, attempt -> workers.push(attempt));
        yield verdict.active(readyReason.of(observed, task, state), Optional.of(board));
      }
    };
  }
}
