package dev.stagewright.controller.pods;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Duration;
import java.util.Optional;

/**
 * What a single Pod of a stage is held to.
 *
 * @param timeout how long it may run; empty for as long as the build
 * @param memory its limit, in place of that of its resources; empty to leave that as it is
 */
public record AttemptLimits(Optional<Duration> timeout, Optional<Quantity> memory) {
  /**
   * The operator's own check comes first, where it is up: the kubelet counts the time in which
   * images and volumes come, too.
   */
  private static final Duration MARGIN = Duration.ofMinutes(15);

  private static final String MEMORY = "memory";

  /** The Pod with these limits. */
  public Pod applyTo(Pod pod) {
    var builder = new PodBuilder(pod);
    timeout.ifPresent(time -> {
      var deadline = pod.getSpec().getActiveDeadlineSeconds();
      var own = time.plus(MARGIN).toSeconds();
      builder
          .editSpec()
          .withActiveDeadlineSeconds(deadline == null ? own : Math.min(deadline, own))
          .endSpec();
    });
    memory.ifPresent(limit ->
        builder
            .editSpec()
            .editMatchingContainer(container -> container.getName().equals(RunPod.CONTAINER))
            .editOrNewResources()
            .addToLimits(MEMORY, limit)
            .endResources()
            .endContainer()
            .endSpec());
    return builder.build();
  }
}
