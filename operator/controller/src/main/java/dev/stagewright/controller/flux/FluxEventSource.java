package dev.stagewright.controller.flux;

import dev.stagewright.api.v1alpha1.FluxSource;
import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.controller.cluster.TriggerEventSource;
import dev.stagewright.controller.run.FluxArtifact.Lookup;
import dev.stagewright.controller.run.RunInputs;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Looks up the artifacts of ImageBuilds, and triggers their reconciliation when the artifact may
 * have changed. Does nothing in a cluster whose ImageBuilds have no source of Flux.
 */
public final class FluxEventSource extends TriggerEventSource {
  private final KubernetesClient client;
  private final InstantSource clock;
  private final Map<WatchKey, FluxWatch> watches = new ConcurrentHashMap<>();
  private final Map<FluxReference, Set<ResourceID>> builds = new ConcurrentHashMap<>();

  private record WatchKey(FluxSource.Kind kind, String namespace) {}

  /** Creates the event source. */
  public FluxEventSource(KubernetesClient client, InstantSource clock) {
    super("flux");
    this.client = client;
    this.clock = clock;
  }

  /** Looks up the artifact of an ImageBuild, if its source is of Flux. */
  public RunInputs inputs(ImageBuild build) {
    return new RunInputs(
        build, FluxReference.of(build).map(reference -> artifact(build, reference)));
  }

  private Lookup artifact(ImageBuild build, FluxReference reference) {
    builds
        .computeIfAbsent(reference, _ -> ConcurrentHashMap.newKeySet())
        .add(ResourceID.fromResource(build));
    return watches
        .computeIfAbsent(
            new WatchKey(reference.kind(), reference.namespace()),
            key -> new FluxWatch(client, key.kind(), key.namespace(), this::changed, clock))
        .artifact(reference);
  }

  private void changed(FluxReference reference) {
    builds.getOrDefault(reference, Set.of()).forEach(this::trigger);
  }

  @Override
  public void onResourceDeleted(ImageBuild build) {
    builds.values().forEach(ids -> ids.remove(ResourceID.fromResource(build)));
  }

  @Override
  public void stop() {
    watches.values().forEach(FluxWatch::close);
    super.stop();
  }
}
