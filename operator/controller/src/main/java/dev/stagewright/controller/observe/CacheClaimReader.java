package dev.stagewright.controller.observe;

import dev.stagewright.api.v1alpha1.CacheMounts;
import dev.stagewright.api.v1alpha1.CacheMountsStatus;
import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.api.v1alpha1.ImageBuildStatus;
import dev.stagewright.controller.cluster.Cluster;
import dev.stagewright.controller.config.CacheConfig;
import dev.stagewright.protocol.BuildPlan;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Looks up the claim for the cache mounts of a run, unless the run certainly does not use it.
 *
 * @param config of the operator
 * @param previous the last status of the run
 */
record CacheClaimReader(
    Cluster cluster, CacheConfig config, Optional<ImageBuildStatus> previous, Instant now) {
  private static final String BOUND = "Bound";

  /** How long it may take to provision a volume. A volume may also be provisioned for a Pod. */
  private static final Duration PROVISIONING = Duration.ofMinutes(1);

  CacheClaim find(ImageBuild build, Optional<BuildPlan> plan) {
    var mounts = build.getSpec().cache().mounts();
    if (hasEndedOrUsesWorkspace() || mounts.scope() == CacheMounts.Scope.None) {
      return CacheClaim.NONE;
    }
    var namespace = build.getMetadata().getNamespace();
    if (mounts.claimName() != null) {
      return new CacheClaim(cluster.claim(namespace, mounts.claimName()), Optional.empty());
    }
    return config.mounts().isPresent() && plan.map(BuildPlan::usesCacheMounts).orElse(true)
        ? ofOperator(namespace)
        : CacheClaim.NONE;
  }

  private boolean hasEndedOrUsesWorkspace() {
    return previous
        .filter(status ->
            status.hasEnded()
                || Optional.ofNullable(status.cacheMounts())
                    .filter(mounts -> mounts.storage() == CacheMountsStatus.Storage.Workspace)
                    .isPresent())
        .isPresent();
  }

  private CacheClaim ofOperator(String namespace) {
    var claim = cluster.claim(namespace, CacheClaim.OF_OPERATOR);
    return new CacheClaim(claim, claim.flatMap(it -> problem(namespace, it)));
  }

  private Optional<String> problem(String namespace, PersistentVolumeClaim claim) {
    var metadata = claim.getMetadata();
    if (metadata.getDeletionTimestamp() != null) {
      return Optional.of("it is being deleted");
    }
    var status = claim.getStatus();
    var isNew = now.isBefore(Instant.parse(metadata.getCreationTimestamp()).plus(PROVISIONING));
    if (isNew || status == null || BOUND.equals(status.getPhase())) {
      return Optional.empty();
    }
    if ("Lost".equals(status.getPhase())) {
      return Optional.of("its volume was deleted");
    }
    return cluster
        .latestWarning(namespace, CacheClaim.OF_OPERATOR)
        .map(warning -> "it is not bound: " + warning.reason() + ": " + warning.message())
        .or(() -> withoutClass(claim));
  }

  /** A claim without a class gets the default class when it is created, if there is one. */
  private static Optional<String> withoutClass(PersistentVolumeClaim claim) {
    var name = claim.getSpec().getStorageClassName();
    return name == null || name.isEmpty()
        ? Optional.of(
            "it is not bound: it has no storage class, and the cluster has no default storage"
                + " class")
        : Optional.empty();
  }
}
