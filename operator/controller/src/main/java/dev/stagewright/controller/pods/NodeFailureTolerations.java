package dev.stagewright.controller.pods;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A node that does not answer. Kubernetes' default is to leave Pods there for five minutes. */
record NodeFailureTolerations() {
  private static final long PATIENCE_SECONDS = 60;
  private static final String NO_EXECUTE = "NoExecute";
  private static final List<String> TAINTS =
      List.of("node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable");

  /** The Pod, taken off such a node soon, unless it says itself how long it stays. */
  Pod leftBy(Pod pod) {
    var given = pod.getSpec().getTolerations();
    return new PodBuilder(pod)
        .editSpec()
        .addAllToTolerations(
            TAINTS.stream()
                .filter(taint -> given.stream().noneMatch(it -> covers(it, taint)))
                .map(NodeFailureTolerations::forAWhile)
                .toList())
        .endSpec()
        .build();
  }

  private static boolean covers(Toleration toleration, String taint) {
    return isOneOf(toleration.getKey(), taint) && isOneOf(toleration.getEffect(), NO_EXECUTE);
  }

  /** Absent means all. */
  private static boolean isOneOf(@Nullable String given, String wanted) {
    return given == null || given.isEmpty() || given.equals(wanted);
  }

  private static Toleration forAWhile(String taint) {
    return new TolerationBuilder()
        .withKey(taint)
        .withOperator("Exists")
        .withEffect(NO_EXECUTE)
        .withTolerationSeconds(PATIENCE_SECONDS)
        .build();
  }
}
