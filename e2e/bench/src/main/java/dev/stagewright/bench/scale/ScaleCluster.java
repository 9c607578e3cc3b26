package dev.stagewright.bench.scale;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What the benchmark needs in a cluster: namespaces, a node that no kubelet serves, and a policy
 * that keeps the real scheduler away from the Pods in these namespaces.
 */
record ScaleCluster(KubernetesClient client, int namespaces) implements AutoCloseable {
  static final String NODE = "stagewright-scale";
  private static final String PREFIX = "stagewright-scale-";
  private static final String POLICY = "scale.stagewright.dev";
  private static final Duration CLEANING = Duration.ofMinutes(10);
  private static final String MARK = "stagewright.dev/scale";
  private static final String POLICIES =
      """
      apiVersion: admissionregistration.k8s.io/v1
      kind: MutatingAdmissionPolicy
      metadata: {name: %1$s}
      spec:
        failurePolicy: Fail
        reinvocationPolicy: Never
        matchConstraints:
          namespaceSelector: {matchLabels: {%2$s: "true"}}
          resourceRules:
          - {apiGroups: [""], apiVersions: [v1], operations: [CREATE], resources: [pods]}
        mutations:
        - patchType: ApplyConfiguration
          applyConfiguration:
            expression: 'Object{spec: Object.spec{schedulerName: "scale"}}'
      ---
      apiVersion: admissionregistration.k8s.io/v1
      kind: MutatingAdmissionPolicyBinding
      metadata: {name: %1$s}
      spec: {policyName: %1$s}
      """
          .formatted(POLICY, MARK);

  String namespace(int number) {
    return PREFIX + number % namespaces;
  }

  boolean isOurs(String namespace) {
    return namespace.startsWith(PREFIX);
  }

  List<String> all() {
    return IntStream.range(0, namespaces).mapToObj(this::namespace).toList();
  }

  void prepare(String address, int logPort) throws InterruptedException {
    client.load(stream(POLICIES)).items().forEach(item -> client.resource(item).serverSideApply());
    node(address, logPort);
    for (var name : all()) {
      client
          .resource(
              new NamespaceBuilder()
                  .withNewMetadata()
                  .withName(name)
                  .addToLabels(MARK, "true")
                  .addToLabels("pod-security.kubernetes.io/enforce", "privileged")
                  .endMetadata()
                  .build())
          .serverSideApply();
    }
    account().create();
    awaitPolicy();
  }

  OperatorAccount account() {
    return new OperatorAccount(client, namespace(0));
  }

  /**
   * A ready node of the kind that the real ones are, so that the operator's survey finds no odd
   * one.
   */
  private void node(String address, int logPort) {
    var like = client.nodes().list().getItems().getFirst();
    var node =
        new NodeBuilder()
            .withNewMetadata()
            .withName(NODE)
            .endMetadata()
            .withNewSpec()
            .addNewTaint("NoSchedule", MARK, null, "true")
            .endSpec()
            .build();
    client.resource(node).serverSideApply();
    client.resource(withStatus(like, address, logPort)).patchStatus();
    heartbeat();
  }

  private static Node withStatus(Node like, String address, int logPort) {
    var now = Instant.now().toString();
    var room =
        Map.of(
            "cpu",
            new Quantity("10k"),
            "memory",
            new Quantity("100Ti"),
            "pods",
            new Quantity("100k"));
    return new NodeBuilder()
        .withNewMetadata()
        .withName(NODE)
        .endMetadata()
        .withNewStatus()
        .withCapacity(room)
        .withAllocatable(room)
        .addNewAddress(address, "InternalIP")
        .withNewDaemonEndpoints()
        .withNewKubeletEndpoint(logPort)
        .endDaemonEndpoints()
        .withNodeInfo(like.getStatus().getNodeInfo())
        .addNewCondition()
        .withType("Ready")
        .withStatus("True")
        .withReason("KubeletReady")
        .withMessage("plays a kubelet")
        .withLastHeartbeatTime(now)
        .withLastTransitionTime(now)
        .endCondition()
        .endStatus()
        .build();
  }

  /** Else the node would be lost after 40 seconds, and its Pods with it. */
  void heartbeat() {
    client
        .resource(
            new LeaseBuilder()
                .withNewMetadata()
                .withName(NODE)
                .withNamespace("kube-node-lease")
                .endMetadata()
                .withNewSpec()
                .withHolderIdentity(NODE)
                .withLeaseDurationSeconds(40)
                .withRenewTime(ZonedDateTime.now(ZoneOffset.UTC))
                .endSpec()
                .build())
        .forceConflicts()
        .serverSideApply();
  }

  private void awaitPolicy() throws InterruptedException {
    var probe =
        new PodBuilder()
            .withNewMetadata()
            .withName("probe")
            .withNamespace(namespace(0))
            .endMetadata()
            .withNewSpec()
            .addNewContainer()
            .withName("main")
            .withImage("none")
            .endContainer()
            .endSpec()
            .build();
    for (var tries = 0; tries < 60; tries++) {
      try {
        var made = client.resource(probe).dryRun().create();
        if (made.getSpec().getSchedulerName().equals("scale")) {
          return;
        }
      } catch (KubernetesClientException e) {
        // The namespace's service account comes a moment after the namespace.
      }
      Thread.sleep(500);
    }
    throw new IllegalStateException("the admission policy " + POLICY + " has no effect");
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }

  /** Deletes all of it, and waits until the namespaces are gone. */
  @Override
  public void close() {
    all().forEach(name -> client.namespaces().withName(name).delete());
    var limit = Instant.now().plus(CLEANING);
    try {
      while (Instant.now().isBefore(limit)
          && client.namespaces().withLabel(MARK).list().getItems().size() > 0) {
        Thread.sleep(2000);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    client.load(stream(POLICIES)).delete();
    account().delete();
    client.nodes().withName(NODE).delete();
    client.leases().inNamespace("kube-node-lease").withName(NODE).delete();
  }
}
