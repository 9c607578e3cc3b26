package dev.stagewright.controller.decide;

import dev.stagewright.api.v1alpha1.BuildPhase;
import dev.stagewright.api.v1alpha1.ImageBuildStatus;
import dev.stagewright.controller.assess.StageStateEvaluator;
import dev.stagewright.controller.assess.StageStates;
import dev.stagewright.controller.assess.TaskState;
import dev.stagewright.controller.assess.TaskState.Done;
import dev.stagewright.controller.assess.TaskState.Failed;
import dev.stagewright.controller.assess.TaskStateEvaluator;
import dev.stagewright.controller.cachemounts.CacheMountsSelection;
import dev.stagewright.controller.cluster.Cluster.Features;
import dev.stagewright.controller.config.OperatorConfig;
import dev.stagewright.controller.observe.Observation;
import dev.stagewright.controller.observe.Observation.PlanLookup;
import dev.stagewright.controller.pods.CacheLocation;
import dev.stagewright.controller.pods.ImageConfigMap;
import dev.stagewright.controller.pods.RegistryAccess;
import dev.stagewright.controller.pods.RunObjects;
import dev.stagewright.controller.pods.WorkerPod;
import dev.stagewright.controller.podstatus.PodFacts;
import dev.stagewright.controller.run.CacheUse;
import dev.stagewright.controller.run.Task;
import dev.stagewright.controller.sandbox.SandboxSelection;
import dev.stagewright.controller.status.EndedStages;
import dev.stagewright.controller.status.ReadyReason;
import dev.stagewright.controller.status.RunFailure;
import dev.stagewright.controller.status.StatusAggregator;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.Termination;
import java.time.Duration;
import java.util.Optional;

/** Decides about one run: walks from prepare to publish, up to the first task that is not done. */
final class RunDecision {
  /**
   * The delay before Pods of a finished run are stopped. The status must be written first:
   * otherwise, an operator that is restarted in between would take the Pods for lost and retry.
   */
  private static final Duration CLEANUP_DELAY = Duration.ofMillis(50);

  private final Observation observed;
  private final SandboxSelection sandboxes;
  private final CacheMountsSelection cacheMounts;
  private final TaskStateEvaluator evaluator;
  private final RunActions actions;
  private final RunObjects objects;
  private final RegistryAccess access;
  private final RunChecks checks;
  private final StatusAggregator status;

  RunDecision(Observation observation, OperatorConfig config, Features features) {
    sandboxes = new SandboxSelection(observation, config, features.userNamespaceProblem());
    observed = sandboxes.effectiveObservation();
    cacheMounts = new CacheMountsSelection(observed, config.cache().mounts());
    evaluator = new TaskStateEvaluator(observed, config.podStartTimeout(), sandboxes, cacheMounts);
    actions = new RunActions(observed);
    var placement = new NodePlacement(observed, cacheMounts.storage());
    var context = placement.context(config.image(), sandboxes.kind(), features.imageVolumes());
    objects = new RunObjects(context);
    access = RegistryAccess.of(config);
    checks = new RunChecks(observed, config);
    status = new StatusAggregator(observed).placement(placement.status());
  }

  Decision decide() {
    actions.deleteSuperseded();
    actions.shutDownSidecars();
    var finished = observed.previous().filter(ImageBuildStatus::hasEnded);
    if (finished.isPresent()) {
      var complete = new EndedStages(observed).addTo(finished.get());
      return new FinishedRun(observed, complete).decide(actions);
    }
    if (observed.isCancelled() && !hasPushed()) {
      return cancel();
    }
    var problem = checks.problem().or(sandboxes::problem);
    return problem.isPresent() ? fail(problem.get()) : prepare();
  }

  private Decision prepare() {
    var start = observed.run().start();
    var needsArtifact = observed.spec().source().flux() != null && !observed.hasRequest();
    if (needsArtifact && start.artifact().isEmpty()) {
      actions.requeueSoon();
      return proceed(
          new ReadyReason(
              BuildPhase.Queued,
              "ArtifactNotReady",
              "spec.source.flux: " + start.missingArtifact().orElse("reading the artifact")));
    }
    // The claim first: a Pod that the scheduler sees before the claim is bound waits for a second.
    actions.createUnless(observed.hasWorkspace(), objects.workspace());
    actions.createUnless(observed.hasRequest(), objects.request(checks.request()));
    var task = new Task.Prepare();
    var state = evaluator.evaluate(task);
    return switch (observed.plan()) {
      case PlanLookup.Stored(var plan, _) -> build(plan);
      case PlanLookup.Printed(var plan, var json, _) when !(state instanceof Failed) -> {
        actions.createUnless(false, objects.plan(json));
        yield build(plan);
      }
      case PlanLookup.Printed _,
          PlanLookup.Unknown _,
          PlanLookup.LogUnavailable _,
          PlanLookup.Missing _ ->
          prepare(task, state);
    };
  }

  private Decision prepare(Task task, TaskState state) {
    if (state instanceof Failed(var failure, var pod)) {
      return fail(failure, pod);
    }
    if (evaluator.evaluate(new Task.Publish()) instanceof Failed(var failure, var pod)) {
      return fail(failure, pod);
    }
    if (observed.earlierPodsPublish()) {
      // Otherwise, the earlier run could move the tag back after this run has moved it.
      actions.requeueSoon();
      return proceed(
          new ReadyReason(
              BuildPhase.Preparing, "waiting for the worker Pod of the previous run to end"));
    }
    actions.advance(task, state, workers()::prepareAndPublish);
    return proceed(preparing().orDelay(observed, task, state));
  }

  private ReadyReason preparing() {
    if (observed.plan() instanceof PlanLookup.LogUnavailable(var why)) {
      actions.requeueSoon();
      return new ReadyReason(
          BuildPhase.Preparing, "waiting for the log of prepare, which contains the plan: " + why);
    }
    return ReadyReason.waitingForSource(observed)
        .orElseGet(() ->
            new ReadyReason(BuildPhase.Preparing, "fetching the source and creating the plan"));
  }

  private Decision build(BuildPlan plan) {
    var publish = evaluator.evaluate(new Task.Publish());
    var stages = addStages(plan, publish);
    if (publish instanceof Done(var result, _)
        && result.orElse(null) instanceof Termination.Pushed pushed) {
      return publish(plan, pushed);
    }
    var failed = stages.failed();
    if (failed.isPresent()) {
      var state = failed.get().getValue();
      return fail(RunFailure.ofStage(state.failure(), failed.get().getKey()), state.pod());
    }
    if (publish instanceof Failed(var failure, var pod)) {
      return fail(failure, pod);
    }
    var starts = new PodStarts(observed, actions, objects, sandboxes, cacheMounts, this::workers);
    starts.startStages(stages);
    starts.startPublish(stages, publish);
    return proceed(
        stages.isDone()
            ? new ReadyReason(BuildPhase.Pushing, "pushing the image")
                .orDelay(observed, new Task.Publish(), publish)
            : ReadyReason.building(observed, stages));
  }

  private WorkerPod workers() {
    var use = observed.requestedCache().orElseGet(() -> CacheUse.of(checks.request().cache()));
    return new WorkerPod(objects.context(), access, use != CacheUse.NONE);
  }

  /** Writes the reference of the pushed image into the ConfigMap of the spec, if it names one. */
  private Decision publish(BuildPlan plan, Termination.Pushed pushed) {
    var target = observed.spec().output().configMap();
    var reference = plan.references().getFirst();
    if (target == null) {
      return succeed(reference, pushed);
    }
    var rejection = observed.rejections().get(target.name());
    if (rejection == null) {
      var configMap = new ImageConfigMap(reference, pushed.digest());
      actions.publish(configMap.in(observed.run(), target.name()));
      return succeed(reference, pushed);
    }
    var message =
        "the image was pushed, but its reference was not written to the ConfigMap "
            + target.name()
            + ": "
            + rejection.message();
    if (rejection.temporary()) {
      actions.requeueSoon();
      return proceed(new ReadyReason(BuildPhase.Pushing, rejection.reason(), message));
    }
    return fail(
        Failure.of(
            rejection.failure().orElse(FailureReason.InvalidRequest),
            "spec.output.configMap: " + message),
        Optional.empty());
  }

  private StageStates addStages(BuildPlan plan, TaskState publish) {
    var stages = new StageStateEvaluator(observed, evaluator, publish).of(plan);
    status.stages(stages, sandboxes.status());
    cacheMounts.status().ifPresent(status::cacheMounts);
    if (observed.cacheUse() != CacheUse.NONE) {
      status.cacheRepository(new CacheLocation(observed.spec()).repository());
    }
    return stages;
  }

  private Decision succeed(ImageReference reference, Termination.Pushed pushed) {
    var ready = ReadyReason.succeeded(reference, pushed);
    return end(status.attempts(actions.attempts()).pushed(pushed).build(ready));
  }

  private Decision proceed(ReadyReason ready) {
    return new Decision(
        actions.list(),
        status.attempts(actions.attempts()).build(ready),
        Optional.of(new RequeueInterval(observed).next(actions.wakeUps())));
  }

  /** It is too late to cancel a run whose image has its tags. */
  private boolean hasPushed() {
    return evaluator.evaluate(new Task.Publish()) instanceof Done(var result, _)
        && result.orElse(null) instanceof Termination.Pushed;
  }

  private Decision cancel() {
    addStagesOfStoredPlan();
    actions.dropCreations();
    return end(status.attempts(actions.attempts()).cancelled());
  }

  private void addStagesOfStoredPlan() {
    if (observed.plan() instanceof PlanLookup.Stored(var plan, _)) {
      addStages(plan, evaluator.evaluate(new Task.Publish()));
    }
  }

  /** A failure of the run as a whole, in any phase. */
  private Decision fail(Failure failure) {
    addStagesOfStoredPlan();
    var isTimeout = failure.reason() == FailureReason.Timeout;
    return fail(failure, isTimeout ? RunFailure.podAtWork(observed) : Optional.empty());
  }

  /** A failure of a task. */
  private Decision fail(Failure failure, Optional<PodFacts> pod) {
    actions.dropCreations();
    return end(status.attempts(actions.attempts()).failed(failure, pod));
  }

  private Decision end(ImageBuildStatus last) {
    return new Decision(actions.list(), last, Optional.of(CLEANUP_DELAY));
  }
}
