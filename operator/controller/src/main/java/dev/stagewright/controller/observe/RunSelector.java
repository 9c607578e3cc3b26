package dev.stagewright.controller.observe;

import dev.stagewright.api.v1alpha1.ConcurrencyPolicy;
import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.api.v1alpha1.ImageBuildStatus;
import dev.stagewright.controller.cluster.Cluster;
import dev.stagewright.controller.run.BuildRun;
import dev.stagewright.controller.run.RunInputs;
import dev.stagewright.controller.run.RunStart;
import dev.stagewright.controller.run.SpecRecord;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Selects the run of an ImageBuild to reconcile, by its {@code concurrencyPolicy}.
 *
 * <p>Unless the policy is {@code Replace}, the spec of each run is stored in a ConfigMap, because
 * an edit overwrites the spec in the ImageBuild. A run whose spec was not stored is replaced.
 */
public record RunSelector(Cluster cluster, Instant now) {

  /** Selects the run to reconcile. */
  public RunSelection select(RunInputs inputs, BuildObjects cached) {
    var build = inputs.build();
    var run = BuildRun.of(inputs, now);
    var spec = build.getSpec();
    if (spec.concurrencyPolicy() == ConcurrencyPolicy.Replace || spec.suspend()) {
      return new RunSelection(run, build, cached, List.of());
    }
    var latest = new SpecRecord(run, spec);
    var stored = stored(build, run, cached.ofBuild(run.uid()));
    var selected = selected(build, stored).orElse(latest);
    return new RunSelection(
        selected.run(),
        selected.restore(build),
        spec.concurrencyPolicy() == ConcurrencyPolicy.Queue
            ? cached.before(selected.run().number() + 1)
            : cached,
        unstored(build, latest, selected, stored));
  }

  private static Optional<SpecRecord> selected(
      ImageBuild build, NavigableMap<Long, SpecRecord> stored) {
    var status = Optional.ofNullable(build.getStatus());
    var seen = status.map(ImageBuildStatus::runNumber).orElse(0L);
    var isQueue = build.getSpec().concurrencyPolicy() == ConcurrencyPolicy.Queue;
    var active =
        status
            .filter(it -> isActive(it) && (isQueue || it.queue() == null))
            .flatMap(_ -> Optional.ofNullable(stored.get(seen)));
    return active.or(() ->
        isQueue ? stored.tailMap(seen, false).values().stream().findFirst() : Optional.empty());
  }

  private static boolean isActive(ImageBuildStatus status) {
    return !status.hasEnded();
  }

  private NavigableMap<Long, SpecRecord> stored(
      ImageBuild build, BuildRun latest, BuildObjects objects) {
    var stored = new TreeMap<Long, SpecRecord>();
    objects.configMaps().stream()
        .flatMap(map -> SpecRecord.read(latest, map).stream())
        .forEach(record -> stored.put(record.run().number(), record));
    activeBefore(build, latest)
        .filter(run -> !stored.containsKey(run.number()))
        .flatMap(run -> cluster.configMap(run.namespace(), run.names().spec()))
        .flatMap(map -> SpecRecord.read(latest, map))
        .ifPresent(record -> stored.put(record.run().number(), record));
    return stored;
  }

  /** A run whose spec is stored, even if the cache does not contain the ConfigMap yet. */
  private static Optional<BuildRun> activeBefore(ImageBuild build, BuildRun latest) {
    return Optional.ofNullable(build.getStatus())
        .filter(RunSelector::isActive)
        .filter(status -> status.runNumber() > 0 && status.runNumber() < latest.number())
        .map(status ->
            latest.withStart(
                RunStart.ofGeneration(status.runNumber(), status.observedGeneration())));
  }

  private static List<ConfigMap> unstored(
      ImageBuild build,
      SpecRecord latest,
      SpecRecord selected,
      NavigableMap<Long, SpecRecord> stored) {
    var wanted = new TreeMap<Long, SpecRecord>();
    var hasEnded =
        Optional.ofNullable(build.getStatus())
            .filter(status -> status.runNumber() == selected.run().number())
            .filter(status -> !isActive(status))
            .isPresent();
    if (!hasEnded) {
      wanted.put(selected.run().number(), selected);
    }
    if (build.getSpec().concurrencyPolicy() == ConcurrencyPolicy.Queue && !hasEnded) {
      wanted.put(latest.run().number(), latest);
    }
    wanted.keySet().removeAll(stored.keySet());
    return wanted.values().stream().map(SpecRecord::toConfigMap).toList();
  }
}
