package dev.stagewright.controller.cluster;

import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.controller.queue.QueuePosition;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Delays the start of runs while the operator is busy. Starting a run takes many API requests;
 * without the delay, active runs would have to wait behind thousands of new builds.
 */
public final class StartThrottle extends TriggerEventSource {
  private final int maxReconciliations;
  private final Set<ResourceID> delayed = new LinkedHashSet<>();
  private int reconciliations;
  private int starting;

  /**
   * Creates the throttle.
   *
   * @param maxReconciliations maximum number of concurrent reconciliations, at least 1, during
   *     which another run can start; a single run can always start
   */
  public StartThrottle(int maxReconciliations) {
    super("starts");
    this.maxReconciliations = maxReconciliations;
  }

  /** The permit for one reconciliation of a build, to be closed at its end. */
  public synchronized StartPermit permit(ImageBuild build) {
    reconciliations++;
    return new StartPermit(ResourceID.fromResource(build));
  }

  /** Decides whether the run of a reconciliation can start. */
  public final class StartPermit implements AutoCloseable {
    private final ResourceID build;
    private State state = State.NOT_STARTING;

    private StartPermit(ResourceID build) {
      this.build = build;
    }

    /** Delays a run that has a slot while the operator is busy. It is triggered later. */
    public QueuePosition admit(QueuePosition position) {
      if (!(position instanceof QueuePosition.Admitted)) {
        return position;
      }
      state = tryStart(build) ? State.STARTING : State.DELAYED;
      return state == State.STARTING ? position : new QueuePosition.Deferred();
    }

    /** Lets the next run start, unless this one was delayed. */
    @Override
    public void close() {
      finish(state == State.STARTING);
      if (state != State.DELAYED) {
        next().ifPresent(waiting -> trigger(waiting));
      }
    }
  }

  /** Whether the throttle lets the run of a reconciliation start. */
  private enum State {
    NOT_STARTING,
    STARTING,
    DELAYED
  }

  private synchronized boolean tryStart(ResourceID build) {
    if (starting > 0 && reconciliations > maxReconciliations) {
      delayed.add(build);
      return false;
    }
    delayed.remove(build);
    starting++;
    return true;
  }

  private synchronized void finish(boolean wasStarting) {
    reconciliations--;
    if (wasStarting) {
      starting--;
    }
  }

  private synchronized Optional<ResourceID> next() {
    if (starting > 0 && reconciliations >= maxReconciliations) {
      return Optional.empty();
    }
    var next = delayed.stream().findFirst();
    next.ifPresent(delayed::remove);
    return next;
  }

  /** Another run starts instead, since the deleted build could have been triggered just before. */
  @Override
  public void onResourceDeleted(ImageBuild build) {
    forget(ResourceID.fromResource(build));
    next().ifPresent(waiting -> trigger(waiting));
  }

  private synchronized void forget(ResourceID build) {
    delayed.remove(build);
  }
}
