package dev.stagewright.controller.pods;

import dev.stagewright.controller.run.Labels;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.NodeAffinity;
import io.fabric8.kubernetes.api.model.NodeSelector;
import io.fabric8.kubernetes.api.model.NodeSelectorBuilder;
import io.fabric8.kubernetes.api.model.NodeSelectorTerm;
import io.fabric8.kubernetes.api.model.NodeSelectorTermBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraintBuilder;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides on which nodes a Pod of a run may be, and for how long it stays on a failed node. */
record PodScheduling(PodContext context) {
  /** Kubernetes' default is five minutes. */
  private static final long TOLERATION_SECONDS = 60;

  private static final String NO_EXECUTE = "NoExecute";
  private static final List<String> NODE_FAILURE_TAINTS =
      List.of("node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable");

  /**
   * Spreads the stages of a run over nodes, because stages that run in parallel compete for
   * resources on the same node. The constraint is soft, so that a run can use a single node.
   */
  TopologySpreadConstraint spread() {
    var run = context.run();
    return new TopologySpreadConstraintBuilder()
        .withMaxSkew(1)
        .withTopologyKey("kubernetes.io/hostname")
        .withWhenUnsatisfiable("ScheduleAnyway")
        .withNewLabelSelector()
        .addToMatchLabels(Labels.BUILD_UID, run.uid())
        .addToMatchLabels(Labels.RUN, Long.toString(run.number()))
        .endLabelSelector()
        .build();
  }

  /** Evicts the Pod from a failed node early, unless the Pod already tolerates the failure. */
  static Pod tolerateNodeFailure(Pod pod) {
    var existing = pod.getSpec().getTolerations();
    return new PodBuilder(pod)
        .editSpec()
        .addAllToTolerations(
            NODE_FAILURE_TAINTS.stream()
                .filter(taint -> existing.stream().noneMatch(it -> covers(it, taint)))
                .map(PodScheduling::toleration)
                .toList())
        .endSpec()
        .build();
  }

  private static boolean covers(Toleration toleration, String taint) {
    return matches(toleration.getKey(), taint) && matches(toleration.getEffect(), NO_EXECUTE);
  }

  /** An absent key or effect of a toleration matches every taint. */
  private static boolean matches(@Nullable String value, String wanted) {
    return value == null || value.isEmpty() || value.equals(wanted);
  }

  private static Toleration toleration(String taint) {
    return new TolerationBuilder()
        .withKey(taint)
        .withOperator("Exists")
        .withEffect(NO_EXECUTE)
        .withTolerationSeconds(TOLERATION_SECONDS)
        .build();
  }

  /** Binds the Pod to the node of the run, if the run has one. */
  Pod pinToNode(Pod pod) {
    return context.node().map(node -> pin(pod, node)).orElse(pod);
  }

  /**
   * Uses node affinity and not {@code spec.nodeName}, which would bypass the scheduler, taints and
   * late binding of volumes. Node selector terms are alternatives, so the node is added to each.
   */
  private static Pod pin(Pod pod, String node) {
    var terms =
        Optional.ofNullable(pod.getSpec().getAffinity())
            .map(Affinity::getNodeAffinity)
            .map(NodeAffinity::getRequiredDuringSchedulingIgnoredDuringExecution)
            .map(NodeSelector::getNodeSelectorTerms)
            .filter(existing -> !existing.isEmpty())
            .orElse(List.of(new NodeSelectorTerm()));
    var selector =
        new NodeSelectorBuilder()
            .withNodeSelectorTerms(terms.stream().map(term -> onNode(term, node)).toList())
            .build();
    return new PodBuilder(pod)
        .editSpec()
        .editOrNewAffinity()
        .editOrNewNodeAffinity()
        .withRequiredDuringSchedulingIgnoredDuringExecution(selector)
        .endNodeAffinity()
        .endAffinity()
        .endSpec()
        .build();
  }

  private static NodeSelectorTerm onNode(NodeSelectorTerm term, String node) {
    return new NodeSelectorTermBuilder(term)
        .addNewMatchField()
        .withKey("metadata.name")
        .withOperator("In")
        .withValues(node)
        .endMatchField()
        .build();
  }
}
