package dev.stagewright.controller.pods;

import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.NodeAffinity;
import io.fabric8.kubernetes.api.model.NodeSelector;
import io.fabric8.kubernetes.api.model.NodeSelectorBuilder;
import io.fabric8.kubernetes.api.model.NodeSelectorTerm;
import io.fabric8.kubernetes.api.model.NodeSelectorTermBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.List;
import java.util.Optional;

/**
 * Binds a Pod to a node, by affinity and not by node name, which would bypass scheduler, taints and
 * late binding. What affinity the Pod has holds beside it: of a node selector's terms one must
 * hold, so the node is added to each.
 */
record NodeAffinityPin(String node) {

  Pod pin(Pod pod) {
    var required =
        Optional.ofNullable(pod.getSpec().getAffinity())
            .map(Affinity::getNodeAffinity)
            .map(NodeAffinity::getRequiredDuringSchedulingIgnoredDuringExecution)
            .map(NodeSelector::getNodeSelectorTerms)
            .filter(terms -> !terms.isEmpty())
            .orElse(List.of(new NodeSelectorTerm()));
    var selector =
        new NodeSelectorBuilder()
            .withNodeSelectorTerms(required.stream().map(this::onNode).toList())
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

  private NodeSelectorTerm onNode(NodeSelectorTerm term) {
    return new NodeSelectorTermBuilder(term)
        .addNewMatchField()
        .withKey("metadata.name")
        .withOperator("In")
        .withValues(node)
        .endMatchField()
        .build();
  }
}
