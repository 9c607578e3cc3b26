package dev.stagewright.bench.soak;

import dev.stagewright.api.v1alpha1.BuildFailure;
import dev.stagewright.api.v1alpha1.ImageBuild;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds failed builds whose log cannot be read although no fault disrupted the Pod or its node.
 *
 * @param disrupted UIDs of the disrupted Pods
 */
record FailedPodLogCheck(Collection<ObservedPod> pods, Set<String> disrupted) {

  List<Violation> violations(@Nullable ImageBuild build) {
    var failed =
        Optional.ofNullable(build)
            .flatMap(it -> Optional.ofNullable(it.getStatus()))
            .flatMap(status -> Optional.ofNullable(status.failure()))
            .map(BuildFailure::pod);
    if (build == null || failed.isEmpty()) {
      return List.of();
    }
    var uid = build.getMetadata().getUid();
    return pods.stream()
        .filter(pod -> pod.run().startsWith(uid + "/") && pod.name().equals(failed.get()))
        .filter(pod -> pod.isDeleted() && !disrupted.contains(pod.uid()))
        .map(pod -> Violation.lost("the failed Pod " + pod + " was deleted together with its log"))
        .toList();
  }
}
