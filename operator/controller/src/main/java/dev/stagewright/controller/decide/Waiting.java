package dev.stagewright.controller.decide;

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
import java.util.regex.Pattern;

/**
 * Judges a Pod that has not started. A full cluster or a quota is waited for as long as the run may
 * take; what will not come by waiting, only for a while.
 *
 * @param patience how long
 */
record Waiting(Duration patience, Instant now) {
  /** What an obstacle is called is why the build fails in the end. */
  private static final Set<String> TOLD_AS_THEY_ARE =
      Set.of(
          FailureReason.SecretNotFound.name(),
          FailureReason.WorkspaceNotBound.name(),
          FailureReason.NodeLost.name());

  /** In the words of the scheduler. */
  private static final Pattern MISSING_CLAIM =
      Pattern.compile("persistentvolumeclaim \"[^\"]+\" not found");

  PartState assess(Part part, PodFacts pod, PodState.Waiting waiting) {
    var isLate = now.isAfter(waiting.since().plus(patience));
    return waiting
        .hitch()
        .filter(hitch -> isLate && (waiting.scheduled() || isInVain(hitch)))
        .map(hitch -> (PartState) new PartState.GaveUp(failure(part, pod, hitch), Optional.of(pod)))
        .orElseGet(() -> new PartState.UnderWay(pod));
  }

  /** Whether no node will ever be found. */
  private static boolean isInVain(Hitch hitch) {
    return TOLD_AS_THEY_ARE.contains(hitch.reason())
        || MISSING_CLAIM.matcher(hitch.message()).find();
  }

  private static Failure failure(Part part, PodFacts pod, Hitch hitch) {
    return Failure.of(
        reason(part, hitch),
        "the Pod %s does not start: %s: %s".formatted(pod.name(), hitch.reason(), hitch.message()));
  }

  private static FailureReason reason(Part part, Hitch hitch) {
    if (TOLD_AS_THEY_ARE.contains(hitch.reason())) {
      return FailureReason.valueOf(hitch.reason());
    }
    return hitch.reason().contains("Image") && part instanceof Part.Stage
        ? FailureReason.BaseImageUnavailable
        : FailureReason.PodNotStarted;
  }
}
