package dev.stagewright.controller.decide;

import dev.stagewright.api.v1alpha1.ImageBuildSpec;
import dev.stagewright.controller.observe.PodFacts;
import dev.stagewright.controller.observe.PodState;
import dev.stagewright.controller.observe.PodState.Hitch;
import dev.stagewright.controller.run.Part;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * Judges a Pod that has not started. A full cluster or a quota is waited for as long as the run may
 * take; what will not come by waiting, only for a while.
 *
 * @param patience how long
 * @param spec of the build
 */
record Waiting(Duration patience, Instant now, ImageBuildSpec spec) {
  /** What an obstacle is called is why the build fails in the end. */
  private static final Set<String> TOLD_AS_THEY_ARE =
      Set.of(
          FailureReason.SecretNotFound.name(),
          FailureReason.ConfigMapNotFound.name(),
          FailureReason.ClaimNotFound.name(),
          FailureReason.ClaimNotBound.name(),
          FailureReason.ServiceAccountNotFound.name(),
          FailureReason.PriorityClassNotFound.name(),
          FailureReason.RuntimeClassNotFound.name(),
          FailureReason.WorkspaceNotBound.name(),
          FailureReason.NodeLost.name());

  /** A container runs first that a template, or admission, gives the Pod. */
  private static final String INIT_CONTAINER = "InitContainerRunning";

  PartState assess(Part part, PodFacts pod, PodState.Waiting waiting) {
    var forced = waiting.hitch().flatMap(new ForcedBy(pod)::of);
    if (forced.isPresent()) {
      return new PartState.GaveUp(forced.get(), Optional.of(pod));
    }
    var isLate = now.isAfter(waiting.since().plus(patience));
    return waiting
        .hitch()
        .filter(hitch -> isLate && (waiting.scheduled() || isInVain(hitch)))
        .filter(hitch -> !isInitOfUser(hitch))
        .map(hitch -> (PartState) new PartState.GaveUp(failure(part, pod, hitch), Optional.of(pod)))
        .orElseGet(() -> new PartState.UnderWay(pod));
  }

  /** Whether no node will ever be found. */
  private static boolean isInVain(Hitch hitch) {
    return TOLD_AS_THEY_ARE.contains(hitch.reason());
  }

  /** It may take as long as the run may. */
  private boolean isInitOfUser(Hitch hitch) {
    return hitch.reason().equals(INIT_CONTAINER)
        && hitch.container().filter(new OtherContainers(spec)::isAdded).isEmpty();
  }

  private Failure failure(Part part, PodFacts pod, Hitch hitch) {
    var others = new OtherContainers(spec);
    if (hitch.container().isPresent()) {
      var container = hitch.container().get();
      return hitch.reason().equals(INIT_CONTAINER)
          ? others.endless(pod, container)
          : Failure.of(
              reason(part, hitch),
              "the Pod %s does not start: the container %s%s waits: %s: %s"
                  .formatted(
                      pod.name(),
                      container,
                      others.whose(container),
                      hitch.reason(),
                      hitch.message()));
    }
    return Failure.of(
        reason(part, hitch),
        "the Pod %s does not start: %s: %s".formatted(pod.name(), hitch.reason(), hitch.message()));
  }

  private static FailureReason reason(Part part, Hitch hitch) {
    if (TOLD_AS_THEY_ARE.contains(hitch.reason())) {
      return FailureReason.valueOf(hitch.reason());
    }
    return hitch.reason().contains("Image")
            && part instanceof Part.Stage
            && hitch.container().isEmpty()
        ? FailureReason.BaseImageUnavailable
        : FailureReason.PodNotStarted;
  }
}
