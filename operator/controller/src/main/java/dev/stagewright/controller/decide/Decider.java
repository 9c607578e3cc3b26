package dev.stagewright.controller.decide;

import dev.stagewright.api.v1alpha1.BuildPhase;
import dev.stagewright.api.v1alpha1.ImageBuildStatus;
import dev.stagewright.api.v1alpha1.ImageBuildStatus.QueueStatus;
import dev.stagewright.controller.cluster.Cluster.Features;
import dev.stagewright.controller.config.OperatorConfig;
import dev.stagewright.controller.observe.Observation;
import dev.stagewright.controller.queue.QueuePosition;
import dev.stagewright.controller.status.ReadyReason;
import dev.stagewright.controller.status.StatusAggregator;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Decides the next actions and the status of a run. Equal observations give equal decisions.
 *
 * @param config of the operator
 * @param features of the cluster
 */
public record Decider(OperatorConfig config, Features features) {
  private static final long MIN_QUEUE_SECONDS = 5;
  private static final long MAX_QUEUE_SECONDS = 300;

  /** The decision for a run that may proceed. */
  public Decision decide(Observation observed) {
    return observed.spec().suspend() && !hasEnded(observed)
        ? suspended(observed)
        : new RunDecision(observed, config, features).decide();
  }

  /** The decision for a run in the queue; an invalid one fails without waiting. */
  public Decision decide(Observation observed, QueuePosition.Queued position) {
    return new RunChecks(observed, config).problem().isPresent()
        ? decide(observed)
        : queued(observed, position);
  }

  private static boolean hasEnded(Observation observed) {
    return observed.previous().filter(ImageBuildStatus::hasEnded).isPresent();
  }

  /** Stops the run; the Pods of earlier runs are superseded. */
  private static Decision suspended(Observation observed) {
    var actions = new RunActions(observed);
    actions.deleteSuperseded();
    actions.stopPods();
    var ready =
        new ReadyReason(
            BuildPhase.Cancelled, "Suspended", "spec.suspend is set; unset it to build this spec");
    return new Decision(
        actions.list(), new StatusAggregator(observed).build(ready), Optional.empty());
  }

  private static Decision queued(Observation observed, QueuePosition.Queued queued) {
    var actions = new RunActions(observed);
    actions.deleteSuperseded();
    var since = queued.since().truncatedTo(ChronoUnit.SECONDS).toString();
    var ready =
        new ReadyReason(
            BuildPhase.Queued,
            "position " + queued.position() + " in the queue: " + queued.message());
    var status =
        new StatusAggregator(observed)
            .queue(new QueueStatus(queued.position(), since, queued.message()))
            .build(ready);
    return new Decision(actions.list(), status, Optional.of(requeueInterval(queued)));
  }

  /**
   * Only updates the position in the status; a run that may start is triggered. The interval grows
   * with the position, so that the number of status updates per second is bounded.
   */
  private static Duration requeueInterval(QueuePosition.Queued queued) {
    return Duration.ofSeconds(Math.clamp(queued.position(), MIN_QUEUE_SECONDS, MAX_QUEUE_SECONDS));
  }
}
