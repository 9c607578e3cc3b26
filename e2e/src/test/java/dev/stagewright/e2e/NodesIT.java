package dev.stagewright.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Builds on several nodes. */
@ExtendWith(StagewrightExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
@Execution(ExecutionMode.CONCURRENT)
class NodesIT {
  /** The API server needs up to a minute to mark a node as lost. */
  private static final Duration NODE_LOSS_TIMEOUT = Duration.ofMinutes(6);

  private static final String SHARED =
      "workspace: {storageClassName: shared, accessMode: ReadWriteMany}\n";

  private static final String ON_THE_FAULT_NODE =
      """
      stages:
        - name: lost
          podTemplate: {spec: {terminationGracePeriodSeconds: 1}}
          tolerations:
            - {key: %s, operator: Exists}
            - {key: node.kubernetes.io/unreachable, operator: Exists, effect: NoExecute, tolerationSeconds: 5}
          affinity:
            nodeAffinity:
              preferredDuringSchedulingIgnoredDuringExecution:
                - weight: 100
                  preference:
                    matchExpressions: [{key: %1$s, operator: Exists}]
      """
          .formatted(Nodes.FAULT_TAINT);

  private static final String LABEL = "stagewright.dev/restarted";

  private static final String ON_A_NODE_WITH_LABEL =
      """
      podTemplate:
        spec:
          nodeSelector: {%s: here}
          tolerations: [{key: %s, operator: Exists}]
      """
              .formatted(LABEL, Nodes.FAULT_TAINT)
          + SHARED
          + Specs.inline("FROM busybox\nRUN echo x > /x\n", Map.of());

  private Nodes nodes;

  @BeforeAll
  void startNodes(Environment environment) {
    nodes = Nodes.start(environment);
  }

  @Test
  void readWriteManyStagesSpreadOverNodes(TestNamespace namespace) {
    var both = namespace.latch("both");
    var dockerfile =
        """
        FROM busybox AS a
        RUN %1$s && echo a > /a
        FROM busybox AS b
        RUN %1$s && echo b > /b
        FROM busybox
        COPY --from=a /a /
        COPY --from=b /b /
        CMD ["cat", "/a", "/b"]
        """
            .formatted(both.command());
    var build =
        namespace.build(
            "spread", Nodes.ON_ADDED_NODES + SHARED + Specs.inline(dockerfile, Map.of()));
    both.awaitArrivals(2);
    both.release();
    build.awaitSuccess();

    assertThat(build.stages())
        .extracting(stage -> stage.text("node"))
        .containsOnly(Nodes.name(0), Nodes.name(1));
    assertThat(build.text("placement", "mode")).isEqualTo("Spread");
    assertThat(build.text("placement", "message")).contains("ReadWriteMany");
    assertThat(build.image().validate()).contains("PASS");
    assertThat(namespace.run("run", namespace.image("spread")).log()).isEqualTo("a\nb\n");
  }

  @Test
  void stepsThatRanOnAnotherNodeAreKnown(TestNamespace namespace) {
    var dockerfile =
        """
        FROM busybox
        RUN cat /proc/sys/kernel/random/uuid > /id
        RUN echo %s > /last
        """;
    var first =
        namespace
            .build("app", onNode(0) + Specs.inline(dockerfile.formatted("1"), Map.of()))
            .awaitSuccess();
    var id = first.image().manifest().at("/layers/1/digest");
    assertThat(first.stage("0").text("node")).isEqualTo(Nodes.name(0));

    var second =
        namespace
            .build("app", onNode(1) + Specs.inline(dockerfile.formatted("2"), Map.of()))
            .awaitSuccess();

    assertThat(second.stage("0").text("node")).isEqualTo(Nodes.name(1));
    assertThat(second.stage("0").text("cached")).isEqualTo("Partial");
    assertThat(second.image().manifest().at("/layers/1/digest")).isEqualTo(id);
    assertThat(second.image().validate()).contains("PASS");
  }

  private static String onNode(int node) {
    return """
    podTemplate:
      spec:
        nodeSelector: {kubernetes.io/hostname: %s}
        tolerations: [{key: %s, operator: Exists}]
    """
        .formatted(Nodes.name(node), Nodes.ADDED_TAINT);
  }

  @Test
  void readWriteOnceRunStaysOnOneNode(TestNamespace namespace) {
    var moved = namespace.latch("moved");
    var build =
        namespace.build(
            "together",
            Nodes.ON_ADDED_NODES
                + """
                workspace: {storageClassName: local, accessMode: ReadWriteOnce}
                execution: podPerStage
                """
                + Specs.inline(
                    """
                    FROM busybox AS first
                    RUN %s && echo first > /first
                    FROM first
                    RUN echo second > /second
                    """
                        .formatted(moved.command()),
                    Map.of()));
    build.awaitPhase("Building");
    var node = build.text("placement", "node");
    assertThat(node).isIn(Nodes.withoutFaultNode());
    var before = namespace.pods();
    assertThat(nodesOfVolumes(namespace)).containsExactly(node);

    namespace.runOnNode("neighbour", node, "sleep", "infinity");
    namespace.delete(before.stream().filter(pod -> task(pod).equals("worker")).toList());
    moved.release();
    build.awaitSuccess();

    assertThat(namespace.pods())
        .filteredOn(pod -> !task(pod).isEmpty())
        .extracting(NodesIT::task, pod -> pod.getSpec().getNodeName())
        .containsExactlyInAnyOrder(tuple("s0", node), tuple("s1", node), tuple("worker", node));
    assertThat(build.text("placement", "mode")).isEqualTo("OneNode");
    assertThat(build.text("placement", "node")).isEqualTo(node);
    assertThat(build.text("placement", "message")).contains("the workspace is ReadWriteOnce");
  }

  @Test
  @ResourceLock(Nodes.FAULT_NODE_LOCK)
  void retriesStageOfLostNode(TestNamespace namespace) {
    var build =
        namespace.build(
            "survivor",
            SHARED
                + ON_THE_FAULT_NODE
                + Specs.inline(
                    """
                    FROM busybox AS kept
                    RUN echo kept > /kept
                    FROM busybox AS lost
                    %sRUN echo found > /found
                    FROM busybox
                    COPY --from=kept /kept /
                    COPY --from=lost /found /
                    CMD ["cat", "/kept", "/found"]
                    """
                        .formatted(Specs.UNTIL_LOST),
                    Map.of()));
    build.await(it -> it.hasStage("lost", "Running") && it.hasStage("kept", "Succeeded"));
    assertThat(build.stage("lost").text("node")).isEqualTo(Nodes.name(Nodes.FAULT_NODE));
    var kept = build.stage("kept").text("pod");

    nodes.stopFaultNode();
    try {
      build.awaitEnd(NODE_LOSS_TIMEOUT);
    } finally {
      nodes.startFaultNode();
    }

    assertThat(build.phase()).as("%s", build.get("failure")).isEqualTo("Succeeded");
    assertThat(build.stage("lost").text("node")).isIn(Nodes.withoutFaultNode());
    assertThat(build.stage("kept").text("pod")).isEqualTo(kept);
    assertThat(build.get("attempts")).contains(Map.of("worker", 1, "s0", 1, "s1", 2));
    assertThat(namespace.run("run", namespace.image("survivor")).log()).isEqualTo("kept\nfound\n");
  }

  /** The plan is in the log of prepare, which is on the node. */
  @Test
  @ResourceLock(Nodes.FAULT_NODE_LOCK)
  void waitsForPlanDuringNodeRestart(Environment environment, TestNamespace namespace) {
    try (var operator = environment.operatorWith("")) {
      var build = namespace.build(operator, "patient", ON_A_NODE_WITH_LABEL);
      build.await(it -> !namespace.podsOf(it, "worker").isEmpty());
      scale(environment, operator, 0);
      Awaitility.await()
          .atMost(Duration.ofMinutes(1))
          .until(() -> podsOf(environment, operator).isEmpty());
      nodes.label(LABEL, Optional.of("here"));
      build.await(it -> isPrepared(namespace.podsOf(it, "worker").getFirst()));

      nodes.stopFaultNode();
      scale(environment, operator, 1);
      try {
        build.await(it -> it.message("Ready").contains("waiting for the log of prepare"));
      } finally {
        nodes.startFaultNode();
      }
      build.awaitSuccess();

      assertThat(build.get("attempts")).contains(Map.of("worker", 2, "s0", 1));
    } finally {
      nodes.label(LABEL, Optional.empty());
    }
  }

  /** With one replica, too: Kubernetes would wait for five minutes by default. */
  @Test
  @ResourceLock(Nodes.FAULT_NODE_LOCK)
  void operatorLeavesADeadNodeAfterHalfAMinute(Environment environment) {
    try (var operator = environment.operatorWith("")) {
      preferFaultNode(environment, operator);
      Awaitility.await()
          .atMost(NODE_LOSS_TIMEOUT)
          .until(() -> podsOf(environment, operator).stream().anyMatch(NodesIT::isReadyThere));

      nodes.stopFaultNode();
      try {
        Awaitility.await()
            .atMost(NODE_LOSS_TIMEOUT)
            .until(() ->
                podsOf(environment, operator).stream()
                    .anyMatch(pod -> Readiness.isPodReady(pod) && !isOnFaultNode(pod)));
        var left =
            podsOf(environment, operator).stream().filter(NodesIT::isOnFaultNode).findFirst();
        assertThat(secondsUntilDeletion(left.orElseThrow(), nodes.lostSince())).isBetween(29L, 40L);
      } finally {
        nodes.startFaultNode();
      }
    }
  }

  private static long secondsUntilDeletion(Pod pod, Instant lostSince) {
    var deadline = Instant.parse(pod.getMetadata().getDeletionTimestamp());
    var deletion = deadline.minusSeconds(pod.getMetadata().getDeletionGracePeriodSeconds());
    return Duration.between(lostSince, deletion).toSeconds();
  }

  private static boolean isReadyThere(Pod pod) {
    return isOnFaultNode(pod) && Readiness.isPodReady(pod);
  }

  private static boolean isOnFaultNode(Pod pod) {
    return Nodes.name(Nodes.FAULT_NODE).equals(pod.getSpec().getNodeName());
  }

  private static void preferFaultNode(Environment environment, Installation operator) {
    var deployments = environment.client().apps().deployments().inNamespace(operator.namespace());
    deployments
        .withName("stagewright-" + operator.operatorName())
        .edit(it ->
            new DeploymentBuilder(it)
                .editSpec()
                .editTemplate()
                .editSpec()
                .addNewToleration()
                .withKey(Nodes.FAULT_TAINT)
                .withOperator("Exists")
                .endToleration()
                .withNewAffinity()
                .withNewNodeAffinity()
                .addNewPreferredDuringSchedulingIgnoredDuringExecution()
                .withWeight(100)
                .withNewPreference()
                .addNewMatchExpression()
                .withKey(Nodes.FAULT_TAINT)
                .withOperator("Exists")
                .endMatchExpression()
                .endPreference()
                .endPreferredDuringSchedulingIgnoredDuringExecution()
                .endNodeAffinity()
                .endAffinity()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build());
  }

  private static void scale(Environment environment, Installation operator, int replicas) {
    var deployments = environment.client().apps().deployments().inNamespace(operator.namespace());
    deployments.list().getItems().forEach(it -> deployments.resource(it).scale(replicas));
  }

  private static List<Pod> podsOf(Environment environment, Installation operator) {
    return environment.client().pods().inNamespace(operator.namespace()).list().getItems();
  }

  private static boolean isPrepared(Pod worker) {
    return worker.getStatus().getContainerStatuses().stream()
        .filter(container -> container.getName().equals("prepare"))
        .anyMatch(container -> container.getState().getTerminated() != null);
  }

  private static String task(Pod pod) {
    return Objects.requireNonNullElse(pod.getMetadata().getLabels(), Map.<String, String>of())
        .getOrDefault("stagewright.dev/part", "");
  }

  /** The nodes of the volumes of the claims in the namespace. */
  private static List<String> nodesOfVolumes(TestNamespace namespace) {
    var client = namespace.client();
    return client.persistentVolumeClaims().inNamespace(namespace.name()).list().getItems().stream()
        .map(
            claim -> client.persistentVolumes().withName(claim.getSpec().getVolumeName()).require())
        .flatMap(volume ->
            volume.getSpec().getNodeAffinity().getRequired().getNodeSelectorTerms().stream())
        .flatMap(term -> term.getMatchExpressions().stream())
        .flatMap(expression -> expression.getValues().stream())
        .toList();
  }
}
