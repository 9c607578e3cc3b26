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
 * The objects of the benchmark in a cluster: namespaces, a node without a kubelet, and an admission
 * policy that assigns another scheduler to the Pods in these namespaces.
 */
record ScaleCluster(KubernetesClient client, int namespaces) implements AutoCloseable {
  static final String NODE = "stagewright-scale";
  private static final String PREFIX = "stagewright-scale-";
  private static final String POLICY = "scale.stagewright.dev";
  private static final Duration CLEANUP_TIMEOUT = Duration.ofMinutes(10);
  private static final String LABEL = "stagewright.dev/scale";
  private static final String POLICY_MANIFESTS =
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
          .formatted(POLICY, LABEL);

  String namespace(int number) {
    return PREFIX + number % namespaces;
  }

  boolean isTestNamespace(String namespace) {
    return namespace.startsWith(PREFIX);
  }

  List<String> namespaceNames() {
    return IntStream.range(0, namespaces).mapToObj(this::namespace).toList();
  }

  void prepare(String address, int logPort) throws InterruptedException {
    client
        .load(stream(POLICY_MANIFESTS))
        .items()
        .forEach(item -> client.resource(item).serverSideApply());
    createNode(address, logPort);
    for (var name : namespaceNames()) {
      client
          .resource(
              new NamespaceBuilder()
                  .withNewMetadata()
                  .withName(name)
                  .addToLabels(LABEL, "true")
                  .addToLabels("pod-security.kubernetes.io/enforce", "privileged")
                  .endMetadata()
                  .build())
          .serverSideApply();
    }
    serviceAccount().create();
    awaitPolicy();
  }

  OperatorServiceAccount serviceAccount() {
    return new OperatorServiceAccount(client, namespace(0));
  }

  /**
   * Creates a ready node with the properties of the real nodes, so that the operator detects the
   * same features on all nodes.
   */
  private void createNode(String address, int logPort) {
    var template = client.nodes().list().getItems().getFirst();
    var node =
        new NodeBuilder()
            .withNewMetadata()
            .withName(NODE)
            .endMetadata()
            .withNewSpec()
            .addNewTaint("NoSchedule", LABEL, null, "true")
            .endSpec()
            .build();
    client.resource(node).serverSideApply();
    client.resource(withStatus(template, address, logPort)).patchStatus();
    heartbeat();
  }

  private static Node withStatus(Node template, String address, int logPort) {
    var now = Instant.now().toString();
    var capacity =
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
        .withCapacity(capacity)
        .withAllocatable(capacity)
        .addNewAddress(address, "InternalIP")
        .withNewDaemonEndpoints()
        .withNewKubeletEndpoint(logPort)
        .endDaemonEndpoints()
        .withNodeInfo(template.getStatus().getNodeInfo())
        .addNewCondition()
        .withType("Ready")
        .withStatus("True")
        .withReason("KubeletReady")
        .withMessage("simulated kubelet")
        .withLastHeartbeatTime(now)
        .withLastTransitionTime(now)
        .endCondition()
        .endStatus()
        .build();
  }

  /** Renews the Lease of the node, because the control plane marks a node without Lease as lost. */
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
    for (var attempt = 0; attempt < 60; attempt++) {
      try {
        var created = client.resource(probe).dryRun().create();
        if (created.getSpec().getSchedulerName().equals("scale")) {
          return;
        }
      } catch (KubernetesClientException e) {
        // The service account is created after the namespace.
      }
      Thread.sleep(500);
    }
    throw new IllegalStateException("the admission policy " + POLICY + " has no effect");
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(UTF_8));
  }

  /** Deletes all objects and waits until the namespaces are deleted. */
  @Override
  public void close() {
    namespaceNames().forEach(name -> client.namespaces().withName(name).delete());
    var deadline = Instant.now().plus(CLEANUP_TIMEOUT);
    try {
      while (Instant.now().isBefore(deadline)
          && client.namespaces().withLabel(LABEL).list().getItems().size() > 0) {
        Thread.sleep(2000);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    client.load(stream(POLICY_MANIFESTS)).delete();
    serviceAccount().delete();
    client.nodes().withName(NODE).delete();
    client.leases().inNamespace("kube-node-lease").withName(NODE).delete();
  }
}
