package dev.stagewright.controller.cluster;

import dev.stagewright.api.v1alpha1.ImageBuild;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import java.util.Set;

/** An event source that triggers reconciliations which no change of an object would trigger. */
public abstract class TriggerEventSource extends AbstractEventSource<Void, ImageBuild>
    implements ResourceEventAware<ImageBuild> {

  /** Creates an event source with a name for the SDK. */
  protected TriggerEventSource(String name) {
    super(Void.class, name);
  }

  /** Triggers a reconciliation of the build. */
  protected final void trigger(ResourceID build) {
    getEventHandler().handleEvent(new Event(build));
  }

  @Override
  public final Set<Void> getSecondaryResources(ImageBuild build) {
    return Set.of();
  }
}
