package dev.stagewright.controller;

import dev.stagewright.api.v1alpha1.ImageBuild;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Selects the changes of an ImageBuild to reconcile: its spec, its annotations, some of which
 * trigger or cancel runs, its labels, and its deletion. The status is the operator's own.
 */
final class BuildUpdateFilter implements OnUpdateFilter<ImageBuild> {
  @Override
  public boolean accept(ImageBuild changed, ImageBuild before) {
    var now = changed.getMetadata();
    var then = before.getMetadata();
    return !Objects.equals(now.getGeneration(), then.getGeneration())
        || !Objects.equals(now.getDeletionTimestamp(), then.getDeletionTimestamp())
        || !annotations(now).equals(annotations(then))
        || !labels(now).equals(labels(then));
  }

  private static Map<String, String> annotations(ObjectMeta metadata) {
    return Optional.ofNullable(metadata.getAnnotations()).orElse(Map.of());
  }

  private static Map<String, String> labels(ObjectMeta metadata) {
    return Optional.ofNullable(metadata.getLabels()).orElse(Map.of());
  }
}
