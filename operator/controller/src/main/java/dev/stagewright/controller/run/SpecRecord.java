package dev.stagewright.controller.run;

import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.api.v1alpha1.ImageBuildSpec;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Map;
import java.util.Optional;

/**
 * The spec of an earlier generation, which is stored in a ConfigMap because the ImageBuild contains
 * only the latest spec.
 *
 * @param run for the generation
 */
public record SpecRecord(BuildRun run, ImageBuildSpec spec) {
  private static final String KEY = "spec.json";
  private static final KubernetesSerialization JSON = new KubernetesSerialization();

  /** Reads the record from a ConfigMap; empty if the ConfigMap contains something else. */
  public static Optional<SpecRecord> read(BuildRun latest, ConfigMap map) {
    var generation = BuildRun.generation(map);
    return generation
        .map(latest::withGeneration)
        .filter(run -> run.owns(map) && run.names().spec().equals(map.getMetadata().getName()))
        .flatMap(run ->
            Optional.ofNullable(map.getData())
                .flatMap(data -> Optional.ofNullable(data.get(KEY)))
                .map(json -> new SpecRecord(run, JSON.unmarshal(json, ImageBuildSpec.class))));
  }

  /** The ConfigMap that stores the record. */
  public ConfigMap toConfigMap() {
    return new ConfigMapBuilder()
        .withMetadata(run.metadata(run.names().spec()))
        .withData(Map.of(KEY, JSON.asJson(spec)))
        .withImmutable(true)
        .build();
  }

  /** The ImageBuild with the spec of the generation and its current status. */
  public ImageBuild restore(ImageBuild current) {
    var restored = new ImageBuild();
    restored.setMetadata(
        new ObjectMetaBuilder(current.getMetadata()).withGeneration(run.generation()).build());
    restored.setSpec(spec);
    restored.setStatus(current.getStatus());
    return restored;
  }
}
