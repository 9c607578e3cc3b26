package dev.stagewright.controller.pods;

import dev.stagewright.controller.run.Labels;
import dev.stagewright.controller.run.PodVolume;
import dev.stagewright.controller.run.Task;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodAffinityTerm;
import io.fabric8.kubernetes.api.model.PodAffinityTermBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;

/**
 * Places Pods with regard to a claim for cache mounts that only one node at a time can mount. Pods
 * that mount it, also those of other runs, must be on the same node: the scheduler decides with an
 * affinity between Pods, which ends with the last Pod, because the volume can then move.
 *
 * <p>If the operator provides the claim, the worker Pod does not mount it, but prefers its node:
 * the workspace may bind the stages to the node of the worker Pod.
 */
record CachePlacement(PodContext context) {
  private static final int STRONG = 100;

  Pod place(Pod pod) {
    if (!(context.cacheMounts() instanceof CacheStorage.Claim claim)) {
      return pod;
    }
    if (mounts(pod)) {
      var labelled =
          new PodBuilder(pod)
              .editMetadata()
              .addToLabels(Labels.CACHE_CLAIM, claim.label())
              .endMetadata()
              .build();
      return claim.onOneNode() ? require(labelled, claim) : labelled;
    }
    var isWorker = Task.WORKER.equals(pod.getMetadata().getLabels().get(Labels.POD_KEY));
    return isWorker && claim.onOneNode() ? prefer(pod, claim) : pod;
  }

  private static boolean mounts(Pod pod) {
    return pod.getSpec().getVolumes().stream()
        .anyMatch(volume ->
            volume.getName().equals(PodVolume.CACHE.volumeName())
                && volume.getPersistentVolumeClaim() != null);
  }

  private static Pod require(Pod pod, CacheStorage.Claim claim) {
    return new PodBuilder(pod)
        .editSpec()
        .editOrNewAffinity()
        .editOrNewPodAffinity()
        .addToRequiredDuringSchedulingIgnoredDuringExecution(usersOf(claim))
        .endPodAffinity()
        .endAffinity()
        .endSpec()
        .build();
  }

  private static Pod prefer(Pod pod, CacheStorage.Claim claim) {
    var near =
        new PodBuilder(pod)
            .editSpec()
            .editOrNewAffinity()
            .editOrNewPodAffinity()
            .addNewPreferredDuringSchedulingIgnoredDuringExecution()
            .withWeight(STRONG)
            .withPodAffinityTerm(usersOf(claim))
            .endPreferredDuringSchedulingIgnoredDuringExecution()
            .endPodAffinity()
            .endAffinity()
            .endSpec()
            .build();
    return claim.node().map(node -> prefer(near, node)).orElse(near);
  }

  private static Pod prefer(Pod pod, String node) {
    return new PodBuilder(pod)
        .editSpec()
        .editOrNewAffinity()
        .editOrNewNodeAffinity()
        .addNewPreferredDuringSchedulingIgnoredDuringExecution()
        .withWeight(STRONG)
        .withNewPreference()
        .addNewMatchField()
        .withKey("metadata.name")
        .withOperator("In")
        .withValues(node)
        .endMatchField()
        .endPreference()
        .endPreferredDuringSchedulingIgnoredDuringExecution()
        .endNodeAffinity()
        .endAffinity()
        .endSpec()
        .build();
  }

  private static PodAffinityTerm usersOf(CacheStorage.Claim claim) {
    return new PodAffinityTermBuilder()
        .withTopologyKey("kubernetes.io/hostname")
        .withNewLabelSelector()
        .addToMatchLabels(Labels.CACHE_CLAIM, claim.label())
        .endLabelSelector()
        .build();
  }
}
