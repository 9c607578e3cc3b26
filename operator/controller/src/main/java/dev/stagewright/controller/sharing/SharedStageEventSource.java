package dev.stagewright.controller.sharing;

import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.controller.cluster.TriggerEventSource;
import dev.stagewright.controller.observe.AwaitedBuild;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.Clock;
import java.util.Map;
import java.util.Set;

/** Triggers runs whose stages need not wait any longer for those of another run. */
public final class SharedStageEventSource extends TriggerEventSource implements StageSharing {
  private final SharedStages stages =
      new SharedStages(run -> trigger(new ResourceID(run.build(), run.namespace())));
  private final Clock clock;

  /** Creates the event source. */
  public SharedStageEventSource(Clock clock) {
    super("shared-stages");
    this.clock = clock;
  }

  @Override
  public Map<String, AwaitedBuild> share(RunWork run) {
    return stages.share(run);
  }

  @Override
  public void created(RunWork run, Set<String> refused) {
    stages.created(run, refused);
  }

  @Override
  public void onResourceDeleted(ImageBuild build) {
    stages.deleted(build.getMetadata().getUid(), clock.instant());
  }
}
