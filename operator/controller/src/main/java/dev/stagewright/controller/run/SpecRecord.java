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
 * A generation's spec, kept in a ConfigMap: the ImageBuild itself has the latest only.
 *
 * @param run of that generation
 */
public record SpecRecord(BuildRun run, ImageBuildSpec spec) {
  private static final String KEY = "spec.json";
  private static final KubernetesSerialization JSON = new KubernetesSerialization();

  /** Reads it back; empty where the object is something else. */
  public static Optional<SpecRecord> read(BuildRun latest, ConfigMap map) {
    var generation = BuildRun.generation(map);
    return generation
        .map(latest::at)
        .filter(run -> run.owns(map) && run.names().spec().equals(map.getMetadata().getName()))
        .flatMap(run ->
            Optional.ofNullable(map.getData())
                .flatMap(data -> Optional.ofNullable(data.get(KEY)))
                .map(json -> new SpecRecord(run, JSON.unmarshal(json, ImageBuildSpec.class))));
  }

  /** What keeps it. */
  public ConfigMap toConfigMap() {
    return new ConfigMapBuilder()
        .withMetadata(run.metadata(run.names().spec()))
        .withData(Map.of(KEY, JSON.asJson(spec)))
        .withImmutable(true)
        .build();
  }

  /** The ImageBuild as it was at that generation; its status is that of today. */
  public ImageBuild asOfThen(ImageBuild today) {
    var then = new ImageBuild();
    then.setMetadata(
        new ObjectMetaBuilder(today.getMetadata()).withGeneration(run.generation()).build());
    then.setSpec(spec);
    then.setStatus(today.getStatus());
    return then;
  }
}
