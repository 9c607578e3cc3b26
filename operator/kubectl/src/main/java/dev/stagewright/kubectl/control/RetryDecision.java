package dev.stagewright.kubectl.control;

import dev.stagewright.api.v1alpha1.BuildPhase;
import dev.stagewright.api.v1alpha1.ImageBuild;
import java.time.Instant;
import java.util.Optional;

/** Whether a build can be retried now. */
public sealed interface RetryDecision {

  /**
   * A new value of the annotation {@code stagewright.dev/rebuild} starts a run.
   *
   * @param value differs from the present one
   */
  record Start(String value) implements RetryDecision {}

  /** A run is active or about to begin. */
  record Refused(String reason) implements RetryDecision {}

  /** The decision for a build. */
  static RetryDecision of(ImageBuild build, Instant now) {
    var name = build.getMetadata().getName();
    if (build.getSpec().suspend()) {
      return new Refused(
          name + " is suspended, so no run would start; set spec.suspend to false first");
    }
    var status = Optional.ofNullable(build.getStatus()).filter(it -> it.phase() != null);
    if (status.isEmpty()) {
      return new Refused(name + " has not started yet; see stagewright logs -f " + name);
    }
    var current = status.get();
    if (!current.hasEnded()) {
      var phase = Optional.ofNullable(current.phase()).orElse(BuildPhase.Pending);
      return new Refused(
          "run %d of %s is %s; wait for it, or stop it with stagewright cancel %2$s"
              .formatted(current.runNumber(), name, phase));
    }
    return current.isUpToDate(build.getMetadata())
        ? new Start(now.toString())
        : new Refused(
            "another run of %s is about to start; see stagewright logs -f %1$s".formatted(name));
  }
}
