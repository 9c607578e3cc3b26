package dev.stagewright.controller.observe;

import dev.stagewright.controller.cluster.Cluster;
import dev.stagewright.controller.podstatus.WaitingCause;
import dev.stagewright.controller.podstatus.WaitingReason.Known;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Finds out whether a Pod does not start because of the claim for cache mounts.
 *
 * @param name of the claim
 */
record CacheClaimDiagnosis(Cluster cluster, String namespace, String name) {
  /** Parts of messages of the scheduler. */
  private static final String OTHER_NODE = "pod affinity rules";

  private static final String UNREACHABLE_VOLUME = "volume node affinity conflict";

  private static final String UNMOUNTED = "unmounted volumes=[cache";

  /** What the scheduler reports, if it reports that the claim of the operator is not usable. */
  Optional<WaitingCause> ofDeletedClaim(Optional<WaitingCause> scheduling) {
    return isOfOperator()
        ? scheduling
            .filter(cause -> cause.message().contains('"' + name + '"'))
            .map(cause -> cause(cause, cause.message()))
        : Optional.empty();
  }

  /**
   * Why a Pod has no node.
   *
   * @param scheduling what the scheduler reports
   * @param unbound finds out why a claim has no volume
   */
  Optional<WaitingCause> ofUnscheduled(
      Optional<WaitingCause> scheduling,
      BiFunction<PersistentVolumeClaim, Optional<WaitingCause>, Optional<String>> unbound) {
    if (scheduling.filter(cause -> cause.message().contains(OTHER_NODE)).isPresent()) {
      return scheduling.map(cause ->
          cause(
              cause,
              "only one node at a time can mount it, and that node, where other Pods use it, has no"
                  + " room: "
                  + cause.message()));
    }
    if (!isOfOperator()) {
      return Optional.empty();
    }
    if (scheduling.filter(cause -> cause.message().contains(UNREACHABLE_VOLUME)).isPresent()) {
      return scheduling.map(cause ->
          cause(cause, "its volume is not available on the nodes of the run: " + cause.message()));
    }
    return cluster
        .claim(namespace, name)
        .flatMap(claim -> unbound.apply(claim, scheduling))
        .map(why ->
            new WaitingCause(Known.CacheClaimUnavailable, message("it is not bound: " + why)));
  }

  /** Whether a warning about a Pod with a node is about the claim. */
  WaitingCause ofScheduled(WaitingCause warning) {
    var isOfClaim =
        warning.message().contains(UNMOUNTED)
            || cluster
                .claim(namespace, name)
                .flatMap(claim -> Optional.ofNullable(claim.getSpec().getVolumeName()))
                .filter(volume -> !volume.isEmpty() && warning.message().contains(volume))
                .isPresent();
    return isOfClaim ? cause(warning, warning.message()) : warning;
  }

  /** Pods do not wait long for the claim of the operator, so that wait has another reason. */
  private WaitingCause cause(WaitingCause original, String why) {
    return new WaitingCause(
        isOfOperator() ? Known.CacheClaimUnavailable : original.reason(), message(why));
  }

  private boolean isOfOperator() {
    return name.equals(CacheClaim.OF_OPERATOR);
  }

  private String message(String why) {
    return "waits for the PersistentVolumeClaim " + name + " of the cache mounts: " + why;
  }
}
