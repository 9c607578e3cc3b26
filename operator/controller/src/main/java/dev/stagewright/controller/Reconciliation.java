package dev.stagewright.controller;

import dev.stagewright.api.v1alpha1.ImageBuildStatus;
import dev.stagewright.controller.cluster.Cluster;
import dev.stagewright.controller.config.OperatorConfig;
import dev.stagewright.controller.decide.Decider;
import dev.stagewright.controller.decide.Decision;
import dev.stagewright.controller.events.BuildEvents;
import dev.stagewright.controller.logs.ContainerLogs;
import dev.stagewright.controller.observe.BuildObjects;
import dev.stagewright.controller.observe.Observation;
import dev.stagewright.controller.observe.Observer;
import dev.stagewright.controller.observe.RunSelector;
import dev.stagewright.controller.queue.QueuePosition;
import dev.stagewright.controller.run.RunInputs;
import dev.stagewright.controller.run.RunStart;
import dev.stagewright.controller.sharing.RunWork;
import dev.stagewright.controller.sharing.StageSharing;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Reconciles an ImageBuild: observes, decides, acts, and records what has changed.
 *
 * @param config of the operator
 * @param logs follows the logs of containers
 * @param sharing assigns the instructions that runs have in common
 */
public record Reconciliation(
    OperatorConfig config, Cluster cluster, ContainerLogs logs, StageSharing sharing, Clock clock) {

  private static final Duration NEXT_RUN_DELAY = Duration.ofMillis(50);
  private static final Duration DEFERRED_INTERVAL = Duration.ofMinutes(1);

  /**
   * The result of a reconciliation.
   *
   * @param status to write; empty if the status has not changed
   * @param requeueAfter when to reconcile again without an event; empty if that is not necessary
   */
  public record Outcome(Optional<ImageBuildStatus> status, Optional<Duration> requeueAfter) {}

  /**
   * Reconciles an ImageBuild.
   *
   * @param inputs the ImageBuild, and what other objects say about it
   * @param objects of the ImageBuild, from caches
   * @param queue determines the position of a run that has not started
   */
  public Outcome reconcile(
      RunInputs inputs, BuildObjects objects, Function<RunInputs, QueuePosition> queue) {
    var build = inputs.build();
    var decider = new Decider(config, cluster.features());
    var executor = new ActionExecutor(cluster, build);

    var selection = new RunSelector(cluster, clock.instant()).select(inputs, objects);
    selection.unstored().forEach(cluster::create);
    var observed =
        new Observer(cluster, logs, clock, config.cache())
            .observe(selection.run(), selection.build(), selection.objects());
    var leavesQueue = observed.hasStarted() || observed.isCancelled();
    return switch (leavesQueue ? new QueuePosition.Admitted() : queue.apply(inputs)) {
      case QueuePosition.Admitted _ -> proceed(inputs, decider, executor, observed);
      case QueuePosition.Deferred _ ->
          new Outcome(Optional.empty(), Optional.of(DEFERRED_INTERVAL));
      case QueuePosition.Queued position -> {
        var decision = decider.decide(observed, position);
        executor.executeDeletions(decision.actions());
        yield outcome(inputs, decision);
      }
    };
  }

  private Outcome proceed(
      RunInputs inputs, Decider decider, ActionExecutor executor, Observation alone) {
    var decision = decider.decide(alone);
    var work = RunWork.of(alone, decision);
    var awaited = sharing.share(work);
    var observed = awaited.isEmpty() ? alone : alone.withAwaitedBuilds(awaited);
    if (!awaited.isEmpty()) {
      decision = decider.decide(observed);
    }
    // The Pods of a deleted ImageBuild may disappear from the cache before the ImageBuild does.
    if (decision.replacesPods() && !cluster.exists(inputs.build())) {
      return new Outcome(Optional.empty(), Optional.empty());
    }
    var rejections = executor.execute(decision.actions());
    sharing.created(work, rejections.keySet());
    if (!rejections.isEmpty()) {
      decision = decider.decide(observed.withRefusals(rejections));
      executor.executeDeletions(decision.actions());
    }
    return outcome(inputs, decision);
  }

  private Outcome outcome(RunInputs inputs, Decision decision) {
    var build = inputs.build();
    var before = Optional.ofNullable(build.getStatus());
    var hasChanged = !before.equals(Optional.of(decision.status()));
    if (hasChanged) {
      new BuildEvents(before, decision.status())
          .events()
          .forEach(event -> cluster.recordEvent(build, event));
    }
    return new Outcome(
        hasChanged ? Optional.of(decision.status()) : Optional.empty(),
        earlier(decision.requeueAfter(), nextRun(inputs, decision.status())));
  }

  /** The next run follows after a run has ended, at once or at a time of the schedule. */
  private Optional<Duration> nextRun(RunInputs inputs, ImageBuildStatus status) {
    var now = clock.instant();
    if (RunStart.of(inputs, Optional.of(status), now).number() != status.runNumber()) {
      return Optional.of(NEXT_RUN_DELAY);
    }
    return Optional.of(inputs.build())
        .filter(_ -> status.hasEnded())
        .flatMap(it -> RunStart.nextTime(it, now))
        .map(time -> Duration.between(now, time).plus(NEXT_RUN_DELAY));
  }

  private static Optional<Duration> earlier(Optional<Duration> one, Optional<Duration> other) {
    return Stream.of(one, other).flatMap(Optional::stream).min(Comparator.naturalOrder());
  }
}
