package dev.stagewright.controller.cluster;

import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.controller.run.Labels;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.TransformingItemStore;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Creates the informers for the objects of runs. A label selector keeps other Pods of the cluster
 * out of the operator's memory.
 */
public record BuildEventSources(EventSourceContext<ImageBuild> context) {
  private static final long PAGE = 500;

  /** One event source for each kind of object. */
  public List<EventSource<?, ImageBuild>> all() {
    return List.of(
        source(Pod.class, PodCacheTransform::trim, PodCacheTransform::isRelevant),
        source(
            PersistentVolumeClaim.class, BuildEventSources::withoutManagedFields, (_, _) -> true),
        source(ConfigMap.class, BuildEventSources::withoutManagedFields, (_, _) -> true),
        source(NetworkPolicy.class, BuildEventSources::withoutManagedFields, (_, _) -> true));
  }

  private <T extends HasMetadata> EventSource<T, ImageBuild> source(
      Class<T> type, UnaryOperator<T> trim, OnUpdateFilter<T> isRelevant) {
    return new InformerEventSource<>(
        InformerEventSourceConfiguration.from(type, ImageBuild.class)
            .withLabelSelector(Labels.BUILD_UID)
            .withSecondaryToPrimaryMapper(BuildEventSources::owner)
            .withOnUpdateFilter(isRelevant)
            .withItemStore(new TransformingItemStore<>(trim))
            .withInformerListLimit(PAGE)
            .withNamespacesInheritedFromController()
            .build(),
        context);
  }

  private static Set<ResourceID> owner(HasMetadata object) {
    return object.getMetadata().getOwnerReferences().stream()
        .filter(owner -> owner.getKind().equals(ImageBuild.KIND))
        .map(owner -> new ResourceID(owner.getName(), object.getMetadata().getNamespace()))
        .collect(Collectors.toSet());
  }

  private static <T extends HasMetadata> T withoutManagedFields(T object) {
    object.getMetadata().setManagedFields(List.of());
    return object;
  }
}
