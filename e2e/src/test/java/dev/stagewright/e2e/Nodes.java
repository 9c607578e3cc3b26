package dev.stagewright.e2e;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.TaintBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * The nodes of a cluster with three nodes. All but the first have a taint, so that only Pods of
 * tests of nodes run on them: other tests and their operators do not depend on the number of nodes.
 * The last one is the fault node, which tests can stop. Tests that stop it, or that wait for Pods
 * on it, run one at a time, with {@link #FAULT_NODE_LOCK}.
 */
final class Nodes {
  /** The number of nodes. */
  static final int COUNT = 3;

  /** The index of the fault node. */
  static final int FAULT_NODE = COUNT - 1;

  /** The resource lock of tests that stop the fault node or have Pods on it. */
  static final String FAULT_NODE_LOCK = "fault node";

  /** The key of the taint and of a label of the fault node. */
  static final String FAULT_TAINT = "stagewright.dev/doomed";

  /** The key of the taint of the other added nodes. */
  static final String ADDED_TAINT = "stagewright.dev/added";

  /** Lets the Pods of a build run on the added nodes except for the fault node. */
  static final String ON_ADDED_NODES =
      "podTemplate: {spec: {tolerations: [{key: %s, operator: Exists}]}}\n".formatted(ADDED_TAINT);

  private final LocalCluster cluster;
  private final KubernetesClient client;

  private Nodes(LocalCluster cluster, KubernetesClient client) {
    this.cluster = cluster;
    this.client = client;
  }

  /** Starts missing nodes. */
  static Nodes start(Environment environment) {
    var nodes = new Nodes(environment.cluster(), environment.client());
    for (var node = 1; node < COUNT; node++) {
      nodes.taint(node);
    }
    environment.cluster().ensureNodes(COUNT);
    return nodes;
  }

  /**
   * Adds the taints to the nodes that an earlier run has added, before operators and builds of this
   * run could be scheduled to them.
   */
  static void taintExisting(KubernetesClient client) {
    editExisting(client, Nodes::tainted);
  }

  /** Removes the taints, so that other users of the cluster can use all nodes. */
  static void untaint(KubernetesClient client) {
    editExisting(client, Nodes::untainted);
  }

  private static void editExisting(
      KubernetesClient client, BiFunction<Node, Integer, Node> change) {
    for (var node = 1; node < COUNT; node++) {
      var index = node;
      var resource = client.nodes().withName(name(node));
      if (resource.get() != null) {
        resource.edit(it -> change.apply(it, index));
      }
    }
  }

  /**
   * Adds the taint before the node starts, because Pods of other tests could be scheduled to it
   * before.
   */
  private void taint(int index) {
    var name = name(index);
    if (client.nodes().withName(name).get() == null) {
      var node = new NodeBuilder().withNewMetadata().withName(name).endMetadata().build();
      client.resource(tainted(node, index)).create();
    }
  }

  private static Node tainted(Node node, int index) {
    var taint = new TaintBuilder().withKey(taintOf(index)).withEffect("NoSchedule").build();
    return new NodeBuilder(untainted(node, index))
        .editSpec()
        .addToTaints(taint)
        .endSpec()
        .editMetadata()
        .addToLabels(taintOf(index), "")
        .endMetadata()
        .build();
  }

  private static Node untainted(Node node, int index) {
    return new NodeBuilder(node)
        .editOrNewSpec()
        .removeMatchingFromTaints(it -> taintOf(index).equals(it.getKey()))
        .endSpec()
        .editMetadata()
        .removeFromLabels(taintOf(index))
        .endMetadata()
        .build();
  }

  private static String taintOf(int index) {
    return index == FAULT_NODE ? FAULT_TAINT : ADDED_TAINT;
  }

  /** Sets or removes a label of the fault node. */
  void label(String key, Optional<String> value) {
    client
        .nodes()
        .withName(name(FAULT_NODE))
        .edit(node -> {
          var edited = new NodeBuilder(node).editMetadata().removeFromLabels(key);
          value.ifPresent(it -> edited.addToLabels(key, it));
          return edited.endMetadata().build();
        });
  }

  static String name(int node) {
    return "stagewright-" + node;
  }

  static List<String> withoutFaultNode() {
    return List.of(name(0), name(1));
  }

  /** Since when the fault node evicts Pods. */
  Instant lostSince() {
    return client.nodes().withName(name(FAULT_NODE)).get().getSpec().getTaints().stream()
        .filter(taint -> "NoExecute".equals(taint.getEffect()))
        .map(taint -> Instant.parse(taint.getTimeAdded()))
        .min(Instant::compareTo)
        .orElseThrow();
  }

  void stopFaultNode() {
    cluster.stopNode(FAULT_NODE);
  }

  void startFaultNode() {
    cluster.startNode(FAULT_NODE);
  }
}
