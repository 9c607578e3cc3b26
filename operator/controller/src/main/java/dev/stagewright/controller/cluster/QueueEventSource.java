package dev.stagewright.controller.cluster;

import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.controller.queue.QueueAdmission;
import io.javaoperatorsdk.operator.api.reconciler.IndexedResourceCache;
import io.javaoperatorsdk.operator.processing.event.ResourceID;

/** Triggers queued builds when a slot becomes free. */
public final class QueueEventSource extends TriggerEventSource {
  private final QueueAdmission admission;
  private final IndexedResourceCache<ImageBuild> builds;

  /**
   * Creates the event source.
   *
   * @param builds all ImageBuilds of this operator
   */
  public QueueEventSource(QueueAdmission admission, IndexedResourceCache<ImageBuild> builds) {
    super("queue");
    this.admission = admission;
    this.builds = builds;
  }

  @Override
  public void onResourceUpdated(ImageBuild after, ImageBuild before) {
    if (admission.slotState(after) != admission.slotState(before)) {
      triggerNext();
    }
  }

  @Override
  public void onResourceDeleted(ImageBuild build) {
    triggerNext();
  }

  private void triggerNext() {
    for (var entry : admission.next(builds.list())) {
      trigger(new ResourceID(entry.name(), entry.namespace()));
    }
  }
}
