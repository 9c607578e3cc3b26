package dev.stagewright.controller.cluster;

import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.controller.queue.Place;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Lets only so many runs begin at the same moment. A beginning takes many calls of the API; were
 * thousands of builds to come at once, runs under way would wait behind them.
 */
public final class StartGate extends WakingSource {
  private final int width;
  private final Set<ResourceID> outside = new LinkedHashSet<>();
  private int inside;

  /**
   * Makes the source.
   *
   * @param width how many begin at once, at least 1
   */
  public StartGate(int width) {
    super("starts");
    this.width = width;
  }

  /** For one look at a build, to be closed at its end. */
  public Pass pass(ImageBuild build) {
    return new Pass(ResourceID.fromResource(build));
  }

  /** Goes through the gate if the run is to begin. */
  public final class Pass implements AutoCloseable {
    private final ResourceID build;
    private boolean isInside;

    private Pass(ResourceID build) {
      this.build = build;
    }

    /** A run that has its slot may have to wait for its moment; it is then woken. */
    public Place admit(Place place) {
      if (!(place instanceof Place.Runs)) {
        return place;
      }
      isInside = enter(build);
      return isInside ? place : new Place.InAMoment();
    }

    /** The run has begun: the next one may. */
    @Override
    public void close() {
      if (isInside) {
        next().ifPresent(waiting -> wake(waiting));
      }
    }
  }

  private synchronized boolean enter(ResourceID build) {
    if (inside == width) {
      outside.add(build);
      return false;
    }
    outside.remove(build);
    inside++;
    return true;
  }

  private synchronized Optional<ResourceID> next() {
    inside--;
    var next = outside.stream().findFirst();
    next.ifPresent(outside::remove);
    return next;
  }

  @Override
  public synchronized void onResourceDeleted(ImageBuild build) {
    outside.remove(ResourceID.fromResource(build));
  }
}
