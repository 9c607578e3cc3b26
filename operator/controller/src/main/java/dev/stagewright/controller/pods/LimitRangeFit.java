package dev.stagewright.controller.pods;

import dev.stagewright.controller.run.Labels;
import dev.stagewright.controller.run.PodContainer;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.LimitRange;
import io.fabric8.kubernetes.api.model.LimitRangeItem;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Fits what Stagewright's Pods ask for by themselves to the LimitRanges of their namespace. What a
 * user asks for stays as it is.
 *
 * @param ranges of the namespace
 */
public record LimitRangeFit(List<LimitRange> ranges) {
  private static final List<String> RESOURCES = List.of("cpu", "memory");

  /** Bounds of one resource of a container. */
  private record Bounds(
      Optional<BigDecimal> min,
      Optional<BigDecimal> max,
      Optional<BigDecimal> defaultLimit,
      Optional<BigDecimal> ratio) {}

  /** The Pod, or another like it that fits as far as what is ours can. */
  public Pod fit(Pod pod) {
    var labels = Optional.ofNullable(pod.getMetadata()).map(ObjectMeta::getLabels);
    var isStage = labels.filter(it -> it.containsKey(Labels.STAGE)).isPresent();
    return new PodBuilder(pod)
        .editSpec()
        .withContainers(pod.getSpec().getContainers().stream().map(it -> fit(it, isStage)).toList())
        .withInitContainers(
            pod.getSpec().getInitContainers().stream()
                .map(
                    init -> init.getName().equals(PodContainer.RUNTIME) ? fit(init, isStage) : init)
                .toList())
        .endSpec()
        .build();
  }

  private Container fit(Container container, boolean isStage) {
    var given = Optional.ofNullable(container.getResources()).orElseGet(ResourceRequirements::new);
    var requests = copy(given.getRequests());
    var limits = copy(given.getLimits());
    for (var resource : RESOURCES) {
      fit(resource, bounds(resource), requests, limits, isStage);
    }
    return new ContainerBuilder(container)
        .withResources(
            new ResourceRequirementsBuilder(given)
                .withRequests(requests)
                .withLimits(limits)
                .build())
        .build();
  }

  private static void fit(
      String resource,
      Bounds bounds,
      Map<String, Quantity> requests,
      Map<String, Quantity> limits,
      boolean isStage) {
    var ownLimit = limits.get(resource);
    if (ownLimit != null && PodResources.isDefaultLimit(resource, ownLimit, isStage)) {
      put(limits, resource, between(ownLimit.getNumericalAmount(), bounds.min(), bounds.max()));
    } else if (ownLimit == null && bounds.defaultLimit().isEmpty() && bounds.max().isPresent()) {
      put(limits, resource, bounds.max().get());
    }
    var ownRequest = requests.get(resource);
    if (ownRequest == null || !PodResources.isDefaultRequest(resource, ownRequest)) {
      return;
    }
    var limit =
        Optional.ofNullable(limits.get(resource))
            .map(Quantity::getNumericalAmount)
            .or(bounds::defaultLimit);
    var least =
        bounds.ratio().flatMap(ratio -> limit.map(it -> it.divide(ratio, 3, RoundingMode.CEILING)));
    var request = ownRequest.getNumericalAmount();
    var raised = between(between(request, bounds.min(), Optional.empty()), least, bounds.max());
    put(requests, resource, between(raised, Optional.empty(), limit));
  }

  private static BigDecimal between(
      BigDecimal amount, Optional<BigDecimal> min, Optional<BigDecimal> max) {
    var raised = min.map(amount::max).orElse(amount);
    return max.map(raised::min).orElse(raised);
  }

  /** Rounded up to what Kubernetes counts: bytes, and thousandths of a processor. */
  private static void put(Map<String, Quantity> quantities, String resource, BigDecimal amount) {
    var isCpu = resource.equals("cpu");
    var counted = (isCpu ? amount.movePointRight(3) : amount).setScale(0, RoundingMode.CEILING);
    var before = quantities.get(resource);
    if (before == null || before.getNumericalAmount().compareTo(amount) != 0) {
      quantities.put(resource, new Quantity(counted.toPlainString() + (isCpu ? "m" : "")));
    }
  }

  /** A Pod of ours has one container, so that the bounds of Pods are those of it. */
  private Bounds bounds(String resource) {
    return new Bounds(
        values(LimitRangeItem::getMin, resource).reduce(BigDecimal::max),
        values(LimitRangeItem::getMax, resource).reduce(BigDecimal::min),
        values(LimitRangeItem::getDefault, resource).reduce(BigDecimal::min),
        values(LimitRangeItem::getMaxLimitRequestRatio, resource).reduce(BigDecimal::min));
  }

  private Stream<BigDecimal> values(
      Function<LimitRangeItem, @Nullable Map<String, Quantity>> field, String resource) {
    return ranges.stream()
        .flatMap(range -> range.getSpec().getLimits().stream())
        .filter(item -> List.of("Container", "Pod").contains(item.getType()))
        .flatMap(item -> Stream.ofNullable(field.apply(item)))
        .flatMap(quantities -> Stream.ofNullable(quantities.get(resource)))
        .map(Quantity::getNumericalAmount);
  }

  private static Map<String, Quantity> copy(@Nullable Map<String, Quantity> quantities) {
    return quantities == null ? new LinkedHashMap<>() : new LinkedHashMap<>(quantities);
  }
}
