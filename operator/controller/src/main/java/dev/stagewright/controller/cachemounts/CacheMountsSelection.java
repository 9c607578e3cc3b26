package dev.stagewright.controller.cachemounts;

import dev.stagewright.api.v1alpha1.CacheMounts;
import dev.stagewright.api.v1alpha1.CacheMountsStatus;
import dev.stagewright.api.v1alpha1.CacheMountsStatus.Reason;
import dev.stagewright.api.v1alpha1.CacheMountsStatus.Storage;
import dev.stagewright.api.v1alpha1.Workspace.AccessMode;
import dev.stagewright.controller.config.CacheMountsConfig;
import dev.stagewright.controller.observe.CacheClaim;
import dev.stagewright.controller.observe.Observation;
import dev.stagewright.controller.observe.Rejection;
import dev.stagewright.controller.pods.CacheMountsClaim;
import dev.stagewright.controller.pods.CacheStorage;
import dev.stagewright.controller.podstatus.PodFacts;
import dev.stagewright.controller.podstatus.PodState;
import dev.stagewright.controller.podstatus.WaitingCause;
import dev.stagewright.controller.podstatus.WaitingReason.Known;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Quantity;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Selects the storage of the cache mounts of a run: the claim of the spec, or else the claim of the
 * operator's configuration, or else the workspace.
 *
 * <p>The claim of the configuration must not fail or delay builds: if it cannot be created, or if
 * Pods with it cannot start for a minute, the remaining Pods of the run use the workspace.
 *
 * @param config of the claim that the operator creates; empty if it creates none
 */
public record CacheMountsSelection(Observation observed, Optional<CacheMountsConfig> config) {
  /** How long a Pod may wait for the claim of the operator's configuration. */
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /** The storage. */
  public CacheStorage storage() {
    return switch (reason()) {
      case Requested -> requested();
      case Configured -> configured();
      case NotConfigured, ClaimUnavailable -> new CacheStorage.Workspace();
    };
  }

  /** The storage and why it is used; empty if no stage has a cache mount. */
  public Optional<CacheMountsStatus> status() {
    return observed.knownPlan().filter(plan -> plan.usesCacheMounts()).map(_ -> of(storage()));
  }

  private CacheMountsStatus of(CacheStorage storage) {
    return switch (storage) {
      case CacheStorage.Claim claim ->
          new CacheMountsStatus(Storage.Claim, claim.name(), reason(), message());
      case CacheStorage.Workspace _ ->
          new CacheMountsStatus(Storage.Workspace, null, reason(), message());
    };
  }

  private String message() {
    return switch (reason()) {
      case Requested ->
          mounts().claimName() == null
              ? "spec.cache.mounts.scope is None"
              : "spec.cache.mounts.claimName names the claim";
      case Configured -> "the configuration of the operator provides the claim for the namespace";
      case NotConfigured ->
          "neither spec.cache.mounts.claimName nor the configuration of the operator provides a"
              + " claim";
      case ClaimUnavailable -> problem().orElse("");
    };
  }

  private Reason reason() {
    if (mounts().claimName() != null || mounts().scope() == CacheMounts.Scope.None) {
      return Reason.Requested;
    }
    if (!providesClaim()) {
      return Reason.NotConfigured;
    }
    return problem().isPresent() ? Reason.ClaimUnavailable : Reason.Configured;
  }

  /** Whether the configuration provides the claim, and the spec names none. */
  private boolean providesClaim() {
    return config.isPresent()
        && mounts().claimName() == null
        && mounts().scope() != CacheMounts.Scope.None;
  }

  /** Why the claim of the configuration cannot be used; the same for the rest of the run. */
  private Optional<String> problem() {
    return recorded()
        .or(() -> rejection().map(it -> unavailable(it.message())))
        .or(() -> observed.cacheClaim().problem().map(CacheMountsSelection::unavailable))
        .or(() -> observed.pods().stream().flatMap(pod -> unstartable(pod).stream()).findFirst());
  }

  private Optional<String> recorded() {
    return observed
        .previous()
        .flatMap(status -> Optional.ofNullable(status.cacheMounts()))
        .filter(status -> status.reason() == Reason.ClaimUnavailable)
        .map(CacheMountsStatus::message);
  }

  private static String unavailable(String why) {
    return "the PersistentVolumeClaim " + CacheClaim.OF_OPERATOR + " cannot be used: " + why;
  }

  /** The rejection of the claim of the configuration. */
  public Optional<Rejection> rejection() {
    return Optional.ofNullable(observed.rejections().get(CacheClaim.OF_OPERATOR));
  }

  /** Why a Pod that waits for the claim of the configuration is replaced by one without it. */
  public Optional<String> unstartable(PodFacts pod) {
    return providesClaim()
            && pod.state() instanceof PodState.Pending(_, var since, var cause)
            && observed.now().isAfter(since.plus(PATIENCE))
        ? cause
            .filter(known -> known.reason() == Known.CacheClaimUnavailable)
            .map(WaitingCause::message)
            .map(why -> "the Pod " + pod.name() + " " + why)
        : Optional.empty();
  }

  /** The claim that must be created before the Pods of stages with cache mounts. */
  public Stream<PersistentVolumeClaim> missingClaim() {
    return reason() == Reason.Configured && observed.cacheClaim().claim().isEmpty()
        ? config.stream().map(it -> new CacheMountsClaim(observed.run().namespace(), it).claim())
        : Stream.empty();
  }

  private CacheMounts mounts() {
    return observed.spec().cache().mounts();
  }

  private CacheStorage requested() {
    return CacheStorage.requested(observed.spec()) instanceof CacheStorage.Claim claim
        ? new CacheStorage.Claim(
            claim.name(),
            observed.cacheClaim().isOnOneNode().orElse(false),
            false,
            observed.cacheClaim().node(),
            claim.sizeLimit())
        : new CacheStorage.Workspace();
  }

  private CacheStorage configured() {
    var provided = config.orElseThrow();
    return new CacheStorage.Claim(
        CacheClaim.OF_OPERATOR,
        observed
            .cacheClaim()
            .isOnOneNode()
            .orElse(provided.accessMode() == AccessMode.ReadWriteOnce),
        true,
        observed.cacheClaim().node(),
        Optional.of(limit(provided)));
  }

  private long limit(CacheMountsConfig provided) {
    return Optional.ofNullable(mounts().sizeLimit())
        .map(Quantity::getNumericalAmount)
        .map(limit -> Math.min(limit.longValue(), provided.sizeLimit()))
        .orElse(provided.sizeLimit());
  }
}
