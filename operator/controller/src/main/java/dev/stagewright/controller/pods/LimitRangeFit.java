package dev.stagewright.controller.pods;

import dev.stagewright.controller.run.Labels;
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
 * Adapts the operator's default requests and limits to the LimitRanges of a namespace. Values that
 * a user sets are not changed.
 *
 * @param ranges of the namespace
 */
public record LimitRangeFit(List<LimitRange> ranges) {
  private static final List<String> RESOURCES = List.of("cpu", "memory");

  /** The bounds of one resource of a container. */
  private record Bounds(
      Optional<BigDecimal> min,
      Optional<BigDecimal> max,
      Optional<BigDecimal> defaultLimit,
      Optional<BigDecimal> ratio) {}

  /** The Pod with default values that satisfy the LimitRanges as far as possible. */
  public Pod fit(Pod pod) {
    var labels = Optional.ofNullable(pod.getMetadata()).map(ObjectMeta::getLabels);
    var isStage = labels.filter(it -> it.containsKey(Labels.STAGE)).isPresent();
    var fitted =
        new PodBuilder(pod)
            .editSpec()
            .withContainers(
                pod.getSpec().getContainers().stream()
                    .map(it -> fit(it, isStage, pod.getSpec().getContainers().size()))
                    .toList())
            .endSpec()
            .build();
    return PodResources.editRuntimeContainer(fitted, init -> fit(init, isStage, 1));
  }

  /**
   * Fits a container.
   *
   * @param siblings number of containers that share the bounds of the Pod
   */
  private Container fit(Container container, boolean isStage, int siblings) {
    var resources =
        Optional.ofNullable(container.getResources()).orElseGet(ResourceRequirements::new);
    var requests = copy(resources.getRequests());
    var limits = copy(resources.getLimits());
    for (var name : RESOURCES) {
      fit(name, bounds(name, siblings), requests, limits, isStage);
    }
    return new ContainerBuilder(container)
        .withResources(
            new ResourceRequirementsBuilder(resources)
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
    var limit = limits.get(resource);
    if (limit != null && PodResources.isDefaultLimit(resource, limit, isStage)) {
      put(limits, resource, clamp(limit.getNumericalAmount(), bounds.min(), bounds.max()));
    } else if (limit == null && bounds.defaultLimit().isEmpty() && bounds.max().isPresent()) {
      put(limits, resource, bounds.max().get());
    }
    var request = requests.get(resource);
    if (request == null || !PodResources.isDefaultRequest(resource, request)) {
      return;
    }
    var effectiveLimit =
        Optional.ofNullable(limits.get(resource))
            .map(Quantity::getNumericalAmount)
            .or(bounds::defaultLimit);
    var minOfRatio =
        bounds
            .ratio()
            .flatMap(ratio -> effectiveLimit.map(it -> it.divide(ratio, 3, RoundingMode.CEILING)));
    var amount = request.getNumericalAmount();
    var raised = clamp(clamp(amount, bounds.min(), Optional.empty()), minOfRatio, bounds.max());
    put(requests, resource, clamp(raised, Optional.empty(), effectiveLimit));
  }

  private static BigDecimal clamp(
      BigDecimal amount, Optional<BigDecimal> min, Optional<BigDecimal> max) {
    var raised = min.map(amount::max).orElse(amount);
    return max.map(raised::min).orElse(raised);
  }

  /**
   * Sets a quantity, rounded up to the resolution of Kubernetes: bytes and thousandths of a CPU.
   */
  private static void put(Map<String, Quantity> quantities, String resource, BigDecimal amount) {
    var isCpu = resource.equals("cpu");
    var rounded = (isCpu ? amount.movePointRight(3) : amount).setScale(0, RoundingMode.CEILING);
    var before = quantities.get(resource);
    if (before == null || before.getNumericalAmount().compareTo(amount) != 0) {
      quantities.put(resource, new Quantity(rounded.toPlainString() + (isCpu ? "m" : "")));
    }
  }

  /** The bounds of a container, and its share of those of its Pod. */
  private Bounds bounds(String resource, int siblings) {
    var share = BigDecimal.valueOf(siblings);
    return new Bounds(
        Stream.concat(
                values("Container", LimitRangeItem::getMin, resource),
                values("Pod", LimitRangeItem::getMin, resource)
                    .map(min -> min.divide(share, 3, RoundingMode.CEILING)))
            .reduce(BigDecimal::max),
        Stream.concat(
                values("Container", LimitRangeItem::getMax, resource),
                values("Pod", LimitRangeItem::getMax, resource)
                    .map(max -> max.divide(share, 3, RoundingMode.FLOOR)))
            .reduce(BigDecimal::min),
        values("Container", LimitRangeItem::getDefault, resource).reduce(BigDecimal::min),
        Stream.concat(
                values("Container", LimitRangeItem::getMaxLimitRequestRatio, resource),
                values("Pod", LimitRangeItem::getMaxLimitRequestRatio, resource))
            .reduce(BigDecimal::min));
  }

  private Stream<BigDecimal> values(
      String type,
      Function<LimitRangeItem, @Nullable Map<String, Quantity>> field,
      String resource) {
    return ranges.stream()
        .flatMap(range -> range.getSpec().getLimits().stream())
        .filter(item -> type.equals(item.getType()))
        .flatMap(item -> Stream.ofNullable(field.apply(item)))
        .flatMap(quantities -> Stream.ofNullable(quantities.get(resource)))
        .map(Quantity::getNumericalAmount);
  }

  private static Map<String, Quantity> copy(@Nullable Map<String, Quantity> quantities) {
    return quantities == null ? new LinkedHashMap<>() : new LinkedHashMap<>(quantities);
  }
}
