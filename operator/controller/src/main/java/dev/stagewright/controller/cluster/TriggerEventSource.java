package dev.stagewright.controller.cluster;

import dev.stagewright.api.v1alpha1.ImageBuild;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.ResourceEventAware;
import java.util.Set;

/** Has builds looked at for a reason that no object of the cluster shows. */
public abstract class TriggerEventSource extends AbstractEventSource<Void, ImageBuild>
    implements ResourceEventAware<ImageBuild> {

  /** Makes a source that the SDK knows by this name. */
  protected TriggerEventSource(String name) {
    super(Void.class, name);
  }

  /** Has this build looked at soon. */
  protected final void wake(ResourceID build) {
    getEventHandler().handleEvent(new Event(build));
  }

  @Override
  public final Set<Void> getSecondaryResources(ImageBuild build) {
    return Set.of();
  }
}
