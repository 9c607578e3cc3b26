package dev.stagewright.controller.cluster;

import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.controller.queue.Admission;
import dev.stagewright.controller.queue.Ticket;
import io.javaoperatorsdk.operator.api.reconciler.IndexedResourceCache;
import io.javaoperatorsdk.operator.processing.event.ResourceID;

/** Wakes builds that wait when another one gives its slot back. */
public final class QueueSource extends WakingSource {
  private final Admission admission;
  private final IndexedResourceCache<ImageBuild> builds;

  /**
   * Makes the source.
   *
   * @param builds all ImageBuilds of this operator
   */
  public QueueSource(Admission admission, IndexedResourceCache<ImageBuild> builds) {
    super("queue");
    this.admission = admission;
    this.builds = builds;
  }

  @Override
  public void onResourceUpdated(ImageBuild after, ImageBuild before) {
    if (Ticket.standing(after) != Ticket.standing(before)) {
      wakeNext();
    }
  }

  @Override
  public void onResourceDeleted(ImageBuild build) {
    wakeNext();
  }

  private void wakeNext() {
    for (var ticket : admission.next(builds.list())) {
      wake(new ResourceID(ticket.name(), ticket.namespace()));
    }
  }
}
