package dev.stagewright.controller.cluster;

import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.controller.queue.QueuePosition;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Lets runs begin while the operator has little else in hand. A beginning takes many calls of the
 * API; were thousands of builds to come at once, runs under way would wait behind them.
 */
public final class StartThrottle extends TriggerEventSource {
  private final int width;
  private final Set<ResourceID> outside = new LinkedHashSet<>();
  private int inHand;
  private int inside;

  /**
   * Makes the source.
   *
   * @param width how many looks at builds there may be at once for another run to begin among them,
   *     at least 1; one run may always begin
   */
  public StartThrottle(int width) {
    super("starts");
    this.width = width;
  }

  /** For one look at a build, to be closed at its end. */
  public synchronized StartPermit pass(ImageBuild build) {
    inHand++;
    return new StartPermit(ResourceID.fromResource(build));
  }

  /** Goes through the gate if the run is to begin. */
  public final class StartPermit implements AutoCloseable {
    private final ResourceID build;
    private Side side = Side.NEITHER;

    private StartPermit(ResourceID build) {
      this.build = build;
    }

    /** A run that has its slot may have to wait for its moment; it is then woken. */
    public QueuePosition admit(QueuePosition place) {
      if (!(place instanceof QueuePosition.Admitted)) {
        return place;
      }
      side = enter(build) ? Side.INSIDE : Side.OUTSIDE;
      return side == Side.INSIDE ? place : new QueuePosition.Deferred();
    }

    /** The next run may begin, unless this one was turned away just now. */
    @Override
    public void close() {
      leave(side == Side.INSIDE);
      if (side != Side.OUTSIDE) {
        next().ifPresent(waiting -> wake(waiting));
      }
    }
  }

  /** Where a build is of the gate; on neither side unless its run is to begin. */
  private enum Side {
    NEITHER,
    INSIDE,
    OUTSIDE
  }

  private synchronized boolean enter(ResourceID build) {
    if (inside > 0 && inHand > width) {
      outside.add(build);
      return false;
    }
    outside.remove(build);
    inside++;
    return true;
  }

  private synchronized void leave(boolean wasInside) {
    inHand--;
    if (wasInside) {
      inside--;
    }
  }

  private synchronized Optional<ResourceID> next() {
    if (inside > 0 && inHand >= width) {
      return Optional.empty();
    }
    var next = outside.stream().findFirst();
    next.ifPresent(outside::remove);
    return next;
  }

  /** It may have been woken just before: another one goes in its stead. */
  @Override
  public void onResourceDeleted(ImageBuild build) {
    forget(ResourceID.fromResource(build));
    next().ifPresent(waiting -> wake(waiting));
  }

  private synchronized void forget(ResourceID build) {
    outside.remove(build);
  }
}
