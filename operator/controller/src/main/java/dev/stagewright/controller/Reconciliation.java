package dev.stagewright.controller;

import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.api.v1alpha1.ImageBuildStatus;
import dev.stagewright.controller.cluster.Cluster;
import dev.stagewright.controller.config.OperatorConfig;
import dev.stagewright.controller.decide.BuildEvents;
import dev.stagewright.controller.decide.Decider;
import dev.stagewright.controller.decide.Decision;
import dev.stagewright.controller.observe.BuildObjects;
import dev.stagewright.controller.observe.Observation;
import dev.stagewright.controller.observe.Observer;
import dev.stagewright.controller.observe.RunSelector;
import dev.stagewright.controller.observe.RunningLogs;
import dev.stagewright.controller.queue.QueuePosition;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * Takes an ImageBuild one step further.
 *
 * @param config of the operator
 * @param cluster to act on
 * @param logs of running stages
 * @param clock the time
 */
public record Reconciliation(
    OperatorConfig config, Cluster cluster, RunningLogs logs, Clock clock) {

  private static final Duration AT_ONCE = Duration.ofMillis(50);
  private static final Duration IF_NOT_WOKEN = Duration.ofMinutes(1);

  /**
   * What came of it.
   *
   * @param status to write; empty where it says what is written already
   * @param lookAgain when, if nothing happens before; empty once the run is over
   */
  public record Outcome(Optional<ImageBuildStatus> status, Optional<Duration> lookAgain) {}

  /**
   * Observes, decides, acts.
   *
   * @param objects of the ImageBuild, as caches have them
   * @param queue asked for the place of a run that has not begun
   */
  public Outcome reconcile(
      ImageBuild build, BuildObjects objects, Function<ImageBuild, QueuePosition> queue) {
    var decider = new Decider(config, cluster.features());
    var executor = new ActionExecutor(cluster, build);

    var choice = new RunSelector(cluster).choose(build, objects);
    choice.unstored().forEach(cluster::create);
    var observed = new Observer(cluster, logs, clock).observe(choice.build(), choice.objects());
    return switch (observed.hasBegun() ? new QueuePosition.Admitted() : queue.apply(build)) {
      case QueuePosition.Admitted _ -> proceed(build, decider, executor, observed);
      case QueuePosition.Deferred _ -> new Outcome(Optional.empty(), Optional.of(IF_NOT_WOKEN));
      case QueuePosition.Queued place -> {
        var decision = decider.decide(observed, place);
        executor.executeDeletions(decision.actions());
        yield outcome(build, decision);
      }
    };
  }

  private Outcome proceed(
      ImageBuild build, Decider decider, ActionExecutor executor, Observation observed) {
    var decision = decider.decide(observed);
    // Pods go with their ImageBuild, and may be seen to go before it is.
    if (decision.replacesPods() && !cluster.exists(build)) {
      return new Outcome(Optional.empty(), Optional.empty());
    }
    var refusals = executor.execute(decision.actions());
    if (!refusals.isEmpty()) {
      decision = decider.decide(observed.withRefusals(refusals));
      executor.executeDeletions(decision.actions());
    }
    return outcome(build, decision);
  }

  private Outcome outcome(ImageBuild build, Decision decision) {
    var before = Optional.ofNullable(build.getStatus());
    var isNews = !before.equals(Optional.of(decision.status()));
    if (isNews) {
      new BuildEvents(before, decision.status())
          .events()
          .forEach(event -> cluster.recordEvent(build, event));
    }
    return new Outcome(
        isNews ? Optional.of(decision.status()) : Optional.empty(),
        decision.lookAgain().or(() -> nextRun(build, decision.status())));
  }

  /** Once the run of an earlier spec is over, that of a later one follows. */
  private static Optional<Duration> nextRun(ImageBuild build, ImageBuildStatus status) {
    return status.observedGeneration() < build.getMetadata().getGeneration()
        ? Optional.of(AT_ONCE)
        : Optional.empty();
  }
}
