package dev.stagewright.controller.template;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A Pod none of whose containers requests more than its limit: whoever lowers the limit below the
 * request that we make by default means the request too.
 *
 * @param merged the Pod after all patches
 */
record RequestClamp(Pod merged) {

  Pod pod() {
    return new PodBuilder(merged)
        .editSpec()
        .withContainers(
            merged.getSpec().getContainers().stream().map(RequestClamp::fitted).toList())
        .endSpec()
        .build();
  }

  private static Container fitted(Container container) {
    var resources = container.getResources();
    if (resources == null || resources.getLimits() == null || resources.getRequests() == null) {
      return container;
    }
    var requests = new LinkedHashMap<>(resources.getRequests());
    requests.replaceAll((name, request) -> least(request, resources.getLimits(), name));
    resources.setRequests(requests);
    return container;
  }

  private static Quantity least(Quantity request, Map<String, Quantity> limits, String name) {
    return Optional.ofNullable(limits.get(name))
        .filter(limit -> limit.getNumericalAmount().compareTo(request.getNumericalAmount()) < 0)
        .orElse(request);
  }
}
