package dev.stagewright.controller.pods;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What Stagewright's Pods ask for where nobody says otherwise. */
public final class DefaultResources {
  /** Of the container that runs a stage. */
  static final Map<String, Quantity> STAGE_REQUESTS =
      Map.of("cpu", new Quantity("100m"), "memory", new Quantity("128Mi"));

  /** Of prepare, check and push. */
  static final Map<String, Quantity> WORKER_REQUESTS =
      Map.of("cpu", new Quantity("50m"), "memory", new Quantity("96Mi"));

  static final Map<String, Quantity> WORKER_LIMITS = Map.of("memory", new Quantity("1Gi"));

  /** What the copying of the runtime can use; devices and the like it cannot. */
  private static final Set<String> OF_NODE = Set.of("cpu", "memory", "ephemeral-storage");

  private DefaultResources() {}

  /** Whether a request is one that Stagewright makes by itself, and that may give way. */
  static boolean isOwnRequest(String resource, Quantity request) {
    return Stream.of(STAGE_REQUESTS, WORKER_REQUESTS)
        .anyMatch(own -> isSame(own.get(resource), request));
  }

  /** The same of a limit; stages have none by themselves. */
  static boolean isOwnLimit(String resource, Quantity limit, boolean isStage) {
    return !isStage && isSame(WORKER_LIMITS.get(resource), limit);
  }

  private static boolean isSame(@Nullable Quantity own, Quantity given) {
    return own != null && own.getNumericalAmount().compareTo(given.getNumericalAmount()) == 0;
  }

  /**
   * The Pod whose init container of ours asks for what its container asks for, unless a template
   * says otherwise: a Pod needs the most of both, so that it costs nothing, and what a
   * ResourceQuota or a LimitRange wants of one container it wants of all.
   */
  static Pod shared(Pod pod) {
    var main =
        pod.getSpec().getContainers().stream()
            .filter(container -> container.getName().equals(RunPod.CONTAINER))
            .findFirst();
    if (main.isEmpty() || main.get().getResources() == null) {
      return pod;
    }
    return new PodBuilder(pod)
        .editSpec()
        .withInitContainers(
            pod.getSpec().getInitContainers().stream()
                .map(init ->
                    init.getName().equals(StageVolumes.RUNTIME) ? like(main.get(), init) : init)
                .toList())
        .endSpec()
        .build();
  }

  private static Container like(Container main, Container init) {
    var given = init.getResources();
    var requests = ofNode(main.getResources().getRequests());
    var limits = ofNode(main.getResources().getLimits());
    if (given != null) {
      requests.putAll(orEmpty(given.getRequests()));
      limits.putAll(orEmpty(given.getLimits()));
    }
    requests.replaceAll((resource, request) -> least(request, limits.get(resource)));
    return new ContainerBuilder(init)
        .withResources(
            new ResourceRequirementsBuilder().withRequests(requests).withLimits(limits).build())
        .build();
  }

  private static Quantity least(Quantity request, @Nullable Quantity limit) {
    return limit != null && limit.getNumericalAmount().compareTo(request.getNumericalAmount()) < 0
        ? limit
        : request;
  }

  private static Map<String, Quantity> ofNode(@Nullable Map<String, Quantity> quantities) {
    var chosen = new LinkedHashMap<>(orEmpty(quantities));
    chosen.keySet().retainAll(OF_NODE);
    return chosen;
  }

  private static Map<String, Quantity> orEmpty(@Nullable Map<String, Quantity> quantities) {
    return quantities == null ? Map.of() : quantities;
  }
}
