package dev.stagewright.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.api.v1alpha1.BuildPhase;
import dev.stagewright.controller.support.Builds;
import dev.stagewright.controller.support.Plans;
import dev.stagewright.controller.support.Walk;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.Json;
import dev.stagewright.protocol.Termination;
import dev.stagewright.protocol.TerminationMessage;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Containers that service meshes and others inject into the Pods of builds. */
class InjectedContainersTest {
  private static final KubernetesSerialization YAML = new KubernetesSerialization();
  private static final String S0 = "hello-1-s0";
  private final Walk walk = Walk.prepared(Builds.hello(), Plans.builderAndTarget());

  private void status(String pod, String yaml) {
    walk.cluster().requirePod(pod).setStatus(YAML.unmarshal(yaml, PodStatus.class));
  }

  private void addSidecar(String pod) {
    var status = walk.cluster().requirePod(pod).getStatus();
    status.setPhase("Running");
    status
        .getContainerStatuses()
        .add(
            new ContainerStatusBuilder()
                .withName("istio-proxy")
                .withNewState()
                .withNewRunning()
                .endRunning()
                .endState()
                .build());
  }

  @Test
  void shutsDownSidecarAndKeepsPod() {
    walk.completeStage(S0, "s0");
    addSidecar(S0);
    walk.reconcile();

    assertThat(walk.isBuilt("s0")).isTrue();
    assertThat(walk.cluster().ended()).containsExactly(S0);
    walk.reconcile();
    assertThat(walk.cluster().ended()).as("shut down once").hasSize(1);
    assertThat(walk.cluster().names()).contains(S0);
  }

  @Test
  void shutsDownSidecarsOfFinishedRun() {
    walk.completeStage(S0, "s0").reconcile();
    walk.completeStage("hello-1-s1", "s1").reconcile();
    walk.completePublish("hello-1-worker/publish");
    addSidecar("hello-1-worker");
    walk.reconcile();

    assertThat(walk.status().phase()).isEqualTo(BuildPhase.Succeeded);
    assertThat(walk.cluster().ended()).containsExactly("hello-1-worker");
  }

  @Test
  void resultSurvivesSidecarShutdown() {
    walk.completeStage(S0, "s0");
    addSidecar(S0);
    walk.reconcileWithoutStatusUpdate();
    var ended = walk.cluster().requirePod(S0);
    ended.getStatus().setPhase("Failed");
    ended.getStatus().setReason("DeadlineExceeded");
    walk.reconcile();

    assertThat(walk.isBuilt("s0")).isTrue();
  }

  @Test
  void killedSidecarIsNoFailure() {
    walk.completeStage(S0, "s0");
    var pod = walk.cluster().requirePod(S0);
    pod.getSpec()
        .getInitContainers()
        .add(new ContainerBuilder().withName("proxy").withRestartPolicy("Always").build());
    pod.getStatus()
        .getInitContainerStatuses()
        .add(
            new ContainerStatusBuilder()
                .withName("proxy")
                .withNewState()
                .withNewTerminated()
                .withExitCode(137)
                .endTerminated()
                .endState()
                .build());
    walk.reconcile();

    assertThat(walk.isBuilt("s0")).isTrue();
  }

  @Test
  void failureNamesInitContainer() {
    for (var pod : new String[] {S0, S0 + "-2", S0 + "-3"}) {
      status(
          pod,
          """
          phase: Failed
          initContainerStatuses:
          - {name: vault-agent-init, state: {terminated: {exitCode: 1, reason: Error}}}
          containerStatuses:
          - {name: main, state: {waiting: {reason: PodInitializing}}}
          """);
      walk.reconcile().after(Duration.ofSeconds(30));
    }

    assertThat(walk.failure()).extracting("reason").isEqualTo("InitContainerFailed");
    assertThat(walk.failure().message())
        .contains("vault-agent-init", "exit code 1", "admission", "kubectl logs", "3 times");
  }

  @Test
  void blockingInitContainerFailsLater() {
    status(
        S0,
        """
        phase: Pending
        conditions:
        - {type: PodScheduled, status: "True", lastTransitionTime: "2026-11-21T10:00:00Z"}
        initContainerStatuses:
        - {name: istio-init, state: {running: {startedAt: "2026-11-21T10:00:01Z"}}}
        containerStatuses:
        - {name: main, state: {waiting: {reason: PodInitializing}}}
        """);
    walk.cluster().requirePod(S0).getSpec().setNodeName("node-1");
    walk.after(Duration.ofSeconds(20));
    assertThat(walk.stage("s0").reason()).isEqualTo("InitContainerRunning");
    assertThat(walk.stage("s0").message()).contains("istio-init");

    walk.after(Duration.ofMinutes(6));
    assertThat(walk.failure()).extracting("reason").isEqualTo("InitContainerFailed");
    assertThat(walk.failure().message()).contains("istio-init", "does not end");
  }

  @Test
  void sidecarImageIsNotBaseImage() {
    status(
        S0,
        """
        phase: Pending
        conditions:
        - {type: PodScheduled, status: "True", lastTransitionTime: "2026-11-21T10:00:00Z"}
        containerStatuses:
        - {name: istio-proxy, state: {waiting: {reason: ImagePullBackOff, message: no such image}}}
        - {name: main, state: {waiting: {reason: ContainerCreating}}}
        """);
    walk.cluster().requirePod(S0).getSpec().setNodeName("node-1");
    walk.after(Duration.ofMinutes(6));

    assertThat(walk.failure()).extracting("reason").isEqualTo("PodNotStarted");
    assertThat(walk.failure().message()).contains("istio-proxy", "admission", "no such image");
  }

  @Test
  void readsTruncatedTerminationMessage() {
    var failure = Failure.of(FailureReason.RunFailed, "exit code 3: " + "x".repeat(3000));
    var bytes = TerminationMessage.write(new Termination.Failed(failure));
    var cut = new String(Arrays.copyOf(bytes, 1024), StandardCharsets.UTF_8);
    walk.end(S0, 30, "Error", cut).reconcile();

    assertThat(walk.failure()).extracting("reason").isEqualTo("RunFailed");
    assertThat(walk.failure().message()).startsWith("exit code 3").endsWith("(cut)");
  }

  @Test
  void readsCompleteTerminationMessage() {
    var pushed = new Termination.Pushed(Digest.of(new byte[0]), 12345, 3, 2345);

    assertThat(new String(TerminationMessage.write(pushed), StandardCharsets.UTF_8))
        .isEqualTo(Json.write(pushed));
  }
}
