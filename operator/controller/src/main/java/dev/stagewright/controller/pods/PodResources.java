package dev.stagewright.controller.pods;

import dev.stagewright.controller.run.PodContainer;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The requests and limits of Pods: the operator's defaults, and what follows from other values. */
final class PodResources {
  /** Requests of the container that runs a stage. It has no limits by default. */
  static final Map<String, Quantity> STAGE_REQUESTS =
      Map.of("cpu", new Quantity("100m"), "memory", new Quantity("128Mi"));

  /** Requests of each container of the worker Pod. */
  static final Map<String, Quantity> WORKER_REQUESTS =
      Map.of("cpu", new Quantity("50m"), "memory", new Quantity("96Mi"));

  /** Limits of each container of the worker Pod. */
  static final Map<String, Quantity> WORKER_LIMITS = Map.of("memory", new Quantity("1Gi"));

  /** The resources that the runtime's init container can use. It uses no devices. */
  private static final Set<String> NODE_RESOURCES = Set.of("cpu", "memory", "ephemeral-storage");

  private PodResources() {}

  /** Whether a request has the value of the operator's default. */
  static boolean isDefaultRequest(String resource, Quantity request) {
    return Stream.of(STAGE_REQUESTS, WORKER_REQUESTS)
        .anyMatch(defaults -> isEqual(defaults.get(resource), request));
  }

  /** Whether a limit has the value of the operator's default. */
  static boolean isDefaultLimit(String resource, Quantity limit, boolean isStage) {
    return !isStage && isEqual(WORKER_LIMITS.get(resource), limit);
  }

  private static boolean isEqual(@Nullable Quantity ofDefaults, Quantity quantity) {
    return ofDefaults != null
        && ofDefaults.getNumericalAmount().compareTo(quantity.getNumericalAmount()) == 0;
  }

  /**
   * Lowers requests to the limits of their containers. A user who sets a limit below the operator's
   * default request does not have to set the request too.
   */
  static Pod clampRequestsToLimits(Pod pod) {
    return new PodBuilder(pod)
        .editSpec()
        .withContainers(
            pod.getSpec().getContainers().stream().map(PodResources::clampRequests).toList())
        .endSpec()
        .build();
  }

  private static Container clampRequests(Container container) {
    var resources = container.getResources();
    if (resources == null || resources.getLimits() == null || resources.getRequests() == null) {
      return container;
    }
    var requests = new LinkedHashMap<>(resources.getRequests());
    requests.replaceAll((name, request) -> min(request, resources.getLimits().get(name)));
    return with(
        container, new ResourceRequirementsBuilder(resources).withRequests(requests).build());
  }

  /**
   * Gives the runtime's init container the resources of the main container where a template sets
   * none. The scheduler uses the maximum of both, so the Pod does not need more; and a
   * ResourceQuota or LimitRange that requires a resource requires it of every container.
   */
  static Pod shareWithRuntimeContainer(Pod pod) {
    var main =
        pod.getSpec().getContainers().stream()
            .filter(container -> container.getName().equals(PodContainer.MAIN))
            .flatMap(container -> Stream.ofNullable(container.getResources()))
            .findFirst();
    return main.isEmpty() ? pod : editRuntimeContainer(pod, init -> withDefaults(init, main.get()));
  }

  /** The Pod with its init container for the runtime changed, if it has one. */
  static Pod editRuntimeContainer(Pod pod, UnaryOperator<Container> change) {
    return new PodBuilder(pod)
        .editSpec()
        .withInitContainers(
            pod.getSpec().getInitContainers().stream()
                .map(
                    init -> init.getName().equals(PodContainer.RUNTIME) ? change.apply(init) : init)
                .toList())
        .endSpec()
        .build();
  }

  private static Container withDefaults(Container init, ResourceRequirements main) {
    var existing = Optional.ofNullable(init.getResources()).orElseGet(ResourceRequirements::new);
    var requests = ofNode(main.getRequests());
    var limits = ofNode(main.getLimits());
    requests.putAll(orEmpty(existing.getRequests()));
    limits.putAll(orEmpty(existing.getLimits()));
    requests.replaceAll((resource, request) -> min(request, limits.get(resource)));
    return with(
        init, new ResourceRequirementsBuilder().withRequests(requests).withLimits(limits).build());
  }

  /** Sets the memory limit of the main container. */
  static Pod limitMemory(Pod pod, Quantity limit) {
    return new PodBuilder(pod)
        .editSpec()
        .editMatchingContainer(container -> container.getName().equals(PodContainer.MAIN))
        .editOrNewResources()
        .addToLimits("memory", limit)
        .endResources()
        .endContainer()
        .endSpec()
        .build();
  }

  private static Container with(Container container, ResourceRequirements resources) {
    return new ContainerBuilder(container).withResources(resources).build();
  }

  private static Quantity min(Quantity request, @Nullable Quantity limit) {
    return limit != null && limit.getNumericalAmount().compareTo(request.getNumericalAmount()) < 0
        ? limit
        : request;
  }

  private static Map<String, Quantity> ofNode(@Nullable Map<String, Quantity> quantities) {
    var selected = new LinkedHashMap<>(orEmpty(quantities));
    selected.keySet().retainAll(NODE_RESOURCES);
    return selected;
  }

  private static Map<String, Quantity> orEmpty(@Nullable Map<String, Quantity> quantities) {
    return quantities == null ? Map.of() : quantities;
  }
}
