package dev.stagewright.bench.soak;

import dev.stagewright.api.v1alpha1.BuildFailure;
import dev.stagewright.api.v1alpha1.ImageBuild;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds builds that failed and whose log can't be read, though nobody has harmed the Pod or its
 * node.
 *
 * @param harmed uids of Pods that were
 */
record FailedPods(Collection<SeenPod> pods, Set<String> harmed) {

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
        .filter(pod -> pod.isDeleted() && !harmed.contains(pod.uid()))
        .map(pod -> Violation.lost("the log of " + pod + ", which failed, went with its Pod"))
        .toList();
  }
}
