package dev.stagewright.controller.podstatus;

import dev.stagewright.api.v1alpha1.BuildPhase;
import dev.stagewright.protocol.FailureReason;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Why a run, a stage or a Pod waits: the {@code reason} of a condition or of an entry in {@code
 * status.stages}.
 */
public sealed interface WaitingReason {

  /** The reason as the status shows it. */
  String name();

  /** Reasons that the operator or the API server's quota and scheduling checks give. */
  enum Known implements WaitingReason {
    /** A Pod failed, and another attempt follows. */
    Retrying,
    /** A stage waits for a stage that it needs. */
    WaitsForStage,
    /** Publish looks up the steps of a stage in the cache. */
    WaitsForCache,
    /** Another build runs the same instructions as the stage. */
    WaitsForBuild,
    /** A quota of the namespace has no room. */
    QuotaExceeded,
    /** A controller such as Kueue holds the Pod back. */
    SchedulingGated,
    /** An init container that is not part of Stagewright has not finished. */
    InitContainerRunning,
    /**
     * The claim for cache mounts that the operator provides cannot be used. After a minute, the run
     * uses the workspace instead.
     */
    CacheClaimUnavailable,
    /** An object of another owner has the name. */
    NameOccupied,
    /** An admission webhook does not answer. */
    AdmissionUnavailable,
    /** The API server refused a Pod because of its user namespace. */
    SandboxRefused,
    /** A LimitRange or quota refused a Pod because of its requests or limits. */
    ResourcesRefused,
    /** The API server refused an object for another reason. */
    Refused
  }

  /** The build fails with this reason if the cause lasts. */
  record OfFailure(FailureReason reason) implements WaitingReason {
    @Override
    public String name() {
      return reason.name();
    }
  }

  /** A reason of the kubelet or the scheduler, for example {@code ImagePullBackOff}. */
  record Reported(String name) implements WaitingReason {}

  /** Parses a reason that a Pod or an event reports. */
  static WaitingReason of(String name) {
    return known(name).orElseGet(() -> new Reported(name));
  }

  /** Parses the reason of a condition or stage; empty if the reason is the name of a phase. */
  static Optional<WaitingReason> inStatus(String name) {
    return BuildPhase.isPhase(name)
        ? Optional.empty()
        : Optional.of(known(name).or(() -> ofFailure(name)).orElseGet(() -> new Reported(name)));
  }

  private static Optional<WaitingReason> known(String name) {
    return Stream.<WaitingReason>of(Known.values())
        .filter(reason -> reason.name().equals(name))
        .findFirst();
  }

  private static Optional<WaitingReason> ofFailure(String name) {
    return Arrays.stream(FailureReason.values())
        .filter(reason -> reason.name().equals(name))
        .findFirst()
        .map(OfFailure::new);
  }
}
