package dev.stagewright.e2e;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.TaintBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Optional;

/**
 * The nodes of a cluster of three. The last is for harm to come to: it bears a taint, so that only
 * Pods that ask for it are there, and other tests go on side by side. Tests that harm it, or wait
 * for what is on it, take turns with {@link #DOOMED_LOCK}.
 */
final class Nodes {
  /** How many there are. */
  static final int COUNT = 3;

  /** The number of the one that may be stopped. */
  static final int DOOMED = COUNT - 1;

  /** The resource lock of tests with Pods on it, or that stop it. */
  static final String DOOMED_LOCK = "the doomed node";

  /** The key of its taint, and of a label that it bears too. */
  static final String TAINT = "stagewright.dev/doomed";

  private final LocalCluster cluster;
  private final KubernetesClient client;

  private Nodes(LocalCluster cluster, KubernetesClient client) {
    this.cluster = cluster;
    this.client = client;
  }

  /** Brings up those that are missing. */
  static Nodes of(Environment environment) {
    var nodes = new Nodes(environment.cluster(), environment.client());
    nodes.taint();
    environment.cluster().grow(COUNT);
    return nodes;
  }

  /** Before it is up: in the moment after it, Pods of other tests would come to it. */
  private void taint() {
    var name = name(DOOMED);
    var doomed = client.nodes().withName(name);
    if (doomed.get() == null) {
      var node = new NodeBuilder().withNewMetadata().withName(name).endMetadata().build();
      client.resource(tainted(node)).create();
    } else {
      doomed.edit(Nodes::tainted);
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

  /** Gives the doomed one a label, or takes it away again. */
  void label(String key, Optional<String> value) {
    client
        .nodes()
        .withName(name(DOOMED))
        .edit(node -> {
          var edited = new NodeBuilder(node).editMetadata().removeFromLabels(key);
          value.ifPresent(it -> edited.addToLabels(key, it));
          return edited.endMetadata().build();
        });
  }

  static String name(int node) {
    return "stagewright-" + node;
  }

  static List<String> allButTheDoomedOne() {
    return List.of(name(0), name(1));
  }

  void loseTheDoomedOne() {
    cluster.stopNode(DOOMED);
  }

  void bringItBack() {
    cluster.startNode(DOOMED);
  }
}
