package dev.stagewright.controller.observe;

import dev.stagewright.api.v1alpha1.BuildPhase;
import dev.stagewright.api.v1alpha1.ConcurrencyPolicy;
import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.api.v1alpha1.ImageBuildStatus;
import dev.stagewright.controller.cluster.Cluster;
import dev.stagewright.controller.run.BuildRun;
import dev.stagewright.controller.run.SpecRecord;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Chooses which generation of an ImageBuild's spec to build, by its {@code concurrencyPolicy}.
 *
 * <p>Unless runs are to be replaced, the spec of each is kept in a ConfigMap, since an edit takes
 * it out of the ImageBuild. A run whose spec was not kept, for it began as one to be replaced, is.
 */
public record RunSelector(Cluster cluster) {

  /** The run to take further, and what it needs. */
  public RunSelection choose(ImageBuild build, BuildObjects cached) {
    var spec = build.getSpec();
    if (spec.concurrencyPolicy() == ConcurrencyPolicy.Replace || spec.suspend()) {
      return new RunSelection(build, cached, List.of());
    }
    var latest = new SpecRecord(BuildRun.of(build), spec);
    var stored = stored(build, cached.ofBuild(latest.run().uid()));
    var chosen = chosen(build, stored).orElse(latest);
    return new RunSelection(
        chosen.restore(build),
        spec.concurrencyPolicy() == ConcurrencyPolicy.Queue
            ? cached.before(chosen.run().generation() + 1)
            : cached,
        unstored(build, latest, chosen, stored));
  }

  private static Optional<SpecRecord> chosen(
      ImageBuild build, NavigableMap<Long, SpecRecord> stored) {
    var status = Optional.ofNullable(build.getStatus());
    var seen = status.map(ImageBuildStatus::observedGeneration).orElse(0L);
    var isQueue = build.getSpec().concurrencyPolicy() == ConcurrencyPolicy.Queue;
    var active =
        status
            .filter(it -> isUnderWay(it) && (isQueue || it.queue() == null))
            .flatMap(_ -> Optional.ofNullable(stored.get(seen)));
    return active.or(() ->
        isQueue ? stored.tailMap(seen, false).values().stream().findFirst() : Optional.empty());
  }

  private static boolean isUnderWay(ImageBuildStatus status) {
    return Optional.ofNullable(status.phase()).filter(BuildPhase::isFinal).isEmpty();
  }

  private NavigableMap<Long, SpecRecord> stored(ImageBuild build, BuildObjects objects) {
    var latest = BuildRun.of(build);
    var stored = new TreeMap<Long, SpecRecord>();
    objects.configMaps().stream()
        .flatMap(map -> SpecRecord.read(latest, map).stream())
        .forEach(kept -> stored.put(kept.run().generation(), kept));
    underWayBefore(build)
        .filter(run -> !stored.containsKey(run.generation()))
        .flatMap(run -> cluster.configMap(run.namespace(), run.names().spec()))
        .flatMap(map -> SpecRecord.read(latest, map))
        .ifPresent(kept -> stored.put(kept.run().generation(), kept));
    return stored;
  }

  /** A cache that lags behind must not have a run replaced. */
  private static Optional<BuildRun> underWayBefore(ImageBuild build) {
    var latest = BuildRun.of(build);
    return Optional.ofNullable(build.getStatus())
        .filter(RunSelector::isUnderWay)
        .map(ImageBuildStatus::observedGeneration)
        .filter(generation -> generation > 0 && generation < latest.generation())
        .map(latest::withGeneration);
  }

  private static List<ConfigMap> unstored(
      ImageBuild build,
      SpecRecord latest,
      SpecRecord chosen,
      NavigableMap<Long, SpecRecord> stored) {
    var wanted = new TreeMap<Long, SpecRecord>();
    var isOver =
        Optional.ofNullable(build.getStatus())
            .filter(status -> status.observedGeneration() == chosen.run().generation())
            .filter(status -> !isUnderWay(status))
            .isPresent();
    if (!isOver) {
      wanted.put(chosen.run().generation(), chosen);
    }
    if (build.getSpec().concurrencyPolicy() == ConcurrencyPolicy.Queue && !isOver) {
      wanted.put(latest.run().generation(), latest);
    }
    wanted.keySet().removeAll(stored.keySet());
    return wanted.values().stream().map(SpecRecord::toConfigMap).toList();
  }
}
