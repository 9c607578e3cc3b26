package dev.stagewright.e2e;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.TaintBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Optional;

/**
 * The nodes of a cluster with three nodes. The last one is the fault node, which tests can stop. It
 * has a taint, so that only Pods with a toleration run on it, and other tests can run in parallel.
 * Tests that stop it, or that wait for Pods on it, run one at a time, with {@link
 * #FAULT_NODE_LOCK}.
 */
final class Nodes {
  /** The number of nodes. */
  static final int COUNT = 3;

  /** The index of the fault node. */
  static final int FAULT_NODE = COUNT - 1;

  /** The resource lock of tests that stop the fault node or have Pods on it. */
  static final String FAULT_NODE_LOCK = "fault node";

  /** The key of the taint and of a label of the fault node. */
  static final String TAINT = "stagewright.dev/doomed";

  private final LocalCluster cluster;
  private final KubernetesClient client;

  private Nodes(LocalCluster cluster, KubernetesClient client) {
    this.cluster = cluster;
    this.client = client;
  }

  /** Starts missing nodes. */
  static Nodes of(Environment environment) {
    var nodes = new Nodes(environment.cluster(), environment.client());
    nodes.taint();
    environment.cluster().ensureNodes(COUNT);
    return nodes;
  }

  /**
   * Adds the taint to the fault node if the cluster already has one, so that no operator of these
   * tests and no build runs on a node that a test stops.
   */
  static void taintExisting(KubernetesClient client) {
    var node = client.nodes().withName(name(FAULT_NODE));
    if (node.get() != null) {
      node.edit(Nodes::tainted);
    }
  }

  /**
   * Adds the taint before the node starts, because Pods of other tests could be scheduled to it
   * before.
   */
  private void taint() {
    var name = name(FAULT_NODE);
    if (client.nodes().withName(name).get() == null) {
      var node = new NodeBuilder().withNewMetadata().withName(name).endMetadata().build();
      client.resource(tainted(node)).create();
    } else {
      taintExisting(client);
    }
  }

  private static Node tainted(Node node) {
    var taint = new TaintBuilder().withKey(TAINT).withEffect("NoSchedule").build();
    return new NodeBuilder(node)
        .editOrNewSpec()
        .removeMatchingFromTaints(it -> TAINT.equals(it.getKey()))
        .addToTaints(taint)
        .endSpec()
        .editMetadata()
        .addToLabels(TAINT, "")
        .endMetadata()
        .build();
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

  void stopFaultNode() {
    cluster.stopNode(FAULT_NODE);
  }

  void startFaultNode() {
    cluster.startNode(FAULT_NODE);
  }
}
