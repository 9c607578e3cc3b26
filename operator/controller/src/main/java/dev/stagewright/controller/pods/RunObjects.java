package dev.stagewright.controller.pods;

import dev.stagewright.controller.run.CacheUse;
import dev.stagewright.controller.run.Labels;
import dev.stagewright.protocol.BuildRequest;
import dev.stagewright.protocol.Json;
import dev.stagewright.protocol.Mounts;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import java.util.Map;

/** The ConfigMaps and the claim of a run. */
public record RunObjects(PodContext context) {

  /** The ConfigMap with the build request, for the worker Pod. */
  public ConfigMap request(BuildRequest request) {
    var name = context.run().names().request();
    var map = configMap(name, Map.of(Mounts.REQUEST_FILE, Json.write(request)));
    var use = CacheUse.of(request.cache());
    if (use != CacheUse.NONE) {
      map.getMetadata().getLabels().put(Labels.CACHE, use.label());
    }
    return map;
  }

  /** The ConfigMap with the build plan, for stages, and for a worker Pod that only publishes. */
  public ConfigMap plan(String json) {
    return configMap(context.run().names().plan(), Map.of(Mounts.PLAN_FILE, json));
  }

  /** The claim of the workspace. */
  public PersistentVolumeClaim workspace() {
    var run = context.run();
    var workspace = context.spec().workspace();
    return new PersistentVolumeClaimBuilder()
        .withMetadata(run.metadata(run.names().workspace()))
        .withNewSpec()
        .withStorageClassName(workspace.storageClassName())
        .withAccessModes(workspace.accessMode().name())
        .withNewResources()
        .addToRequests("storage", workspace.size())
        .endResources()
        .endSpec()
        .build();
  }

  private ConfigMap configMap(String name, Map<String, String> data) {
    return new ConfigMapBuilder()
        .withMetadata(context.run().metadata(name))
        .withData(data)
        .withImmutable(true)
        .build();
  }
}
