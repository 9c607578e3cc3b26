package dev.stagewright.controller.run;

import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.api.v1alpha1.ImageBuildSpec;
import dev.stagewright.api.v1alpha1.TriggerStatus;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The spec of a run, which is stored in a ConfigMap because the ImageBuild contains only the latest
 * spec.
 *
 * @param run that builds the spec
 */
public record SpecRecord(BuildRun run, ImageBuildSpec spec) {
  private static final String KEY = "spec.json";
  private static final String START = "start.json";
  private static final KubernetesSerialization JSON = new KubernetesSerialization();

  /** The start of the run as JSON. */
  private record StoredStart(
      long number,
      long generation,
      TriggerStatus trigger,
      @Nullable String rebuild,
      @Nullable String scheduled,
      @Nullable FluxArtifact artifact) {
    static StoredStart of(RunStart start) {
      return new StoredStart(
          start.number(),
          start.generation(),
          start.trigger(),
          start.rebuild().orElse(null),
          start.scheduled().map(Instant::toString).orElse(null),
          start.artifact().orElse(null));
    }

    RunStart start() {
      return new RunStart(
          number,
          generation,
          trigger,
          Optional.ofNullable(rebuild),
          Optional.ofNullable(scheduled).map(Instant::parse),
          Optional.ofNullable(artifact),
          Optional.empty());
    }
  }

  /** Reads the record from a ConfigMap; empty if the ConfigMap contains something else. */
  public static Optional<SpecRecord> read(BuildRun latest, ConfigMap map) {
    return BuildRun.number(map)
        .map(number -> latest.withStart(start(map, number)))
        .filter(run -> run.owns(map) && run.names().spec().equals(map.getMetadata().getName()))
        .flatMap(run ->
            Optional.ofNullable(map.getData())
                .flatMap(data -> Optional.ofNullable(data.get(KEY)))
                .map(json -> new SpecRecord(run, JSON.unmarshal(json, ImageBuildSpec.class))));
  }

  /** Records of earlier versions have no start: their number is the generation. */
  private static RunStart start(ConfigMap map, long number) {
    return Optional.ofNullable(map.getData())
        .flatMap(data -> Optional.ofNullable(data.get(START)))
        .map(json -> JSON.unmarshal(json, StoredStart.class).start())
        .orElseGet(() -> RunStart.ofGeneration(number, number));
  }

  /** The ConfigMap that stores the record. */
  public ConfigMap toConfigMap() {
    return new ConfigMapBuilder()
        .withMetadata(run.metadata(run.names().spec()))
        .withData(Map.of(KEY, JSON.asJson(spec), START, JSON.asJson(StoredStart.of(run.start()))))
        .withImmutable(true)
        .build();
  }

  /** The ImageBuild with the spec of the run and its current status. */
  public ImageBuild restore(ImageBuild current) {
    var restored = new ImageBuild();
    restored.setMetadata(
        new ObjectMetaBuilder(current.getMetadata()).withGeneration(run.generation()).build());
    restored.setSpec(spec);
    restored.setStatus(current.getStatus());
    return restored;
  }
}
