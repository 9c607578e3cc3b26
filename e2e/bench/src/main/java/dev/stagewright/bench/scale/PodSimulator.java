package dev.stagewright.bench.scale;

import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** Makes the API requests of the scheduler and the kubelet for a Pod, without containers. */
record PodSimulator(KubernetesClient client, String node) {

  /** The task of a Pod: the last part of its name. */
  static String task(String pod) {
    return pod.substring(pod.lastIndexOf('-') + 1);
  }

  void bind(Pod pod) {
    var metadata = pod.getMetadata();
    client.raw(
        "/api/v1/namespaces/%s/pods/%s/binding"
            .formatted(metadata.getNamespace(), metadata.getName()),
        "POST",
        Map.of(
            "apiVersion",
            "v1",
            "kind",
            "Binding",
            "metadata",
            Map.of("name", metadata.getName()),
            "target",
            Map.of("apiVersion", "v1", "kind", "Node", "name", node)));
  }

  void start(Pod pod) {
    var status = status("Running");
    status.withContainerStatuses(
        container()
            .withNewState()
            .withNewRunning()
            .withStartedAt(now())
            .endRunning()
            .endState()
            .build());
    patch(pod, status);
  }

  void terminate(Pod pod) {
    var status = status("Succeeded");
    status.withContainerStatuses(
        container()
            .withNewState()
            .withNewTerminated()
            .withExitCode(0)
            .withReason("Completed")
            .withMessage(SimulatedBuild.terminationMessage(task(pod.getMetadata().getName())))
            .withStartedAt(now())
            .withFinishedAt(now())
            .endTerminated()
            .endState()
            .build());
    patch(pod, status);
  }

  /** Confirms that no container of a deleted Pod runs. */
  void confirmDeletion(Pod pod) {
    client.resource(pod).withGracePeriod(0).delete();
  }

  private void patch(Pod pod, PodStatusBuilder status) {
    client
        .pods()
        .inNamespace(pod.getMetadata().getNamespace())
        .withName(pod.getMetadata().getName())
        .subresource("status")
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            client.getKubernetesSerialization().asJson(Map.of("status", status.build())));
  }

  private static PodStatusBuilder status(String phase) {
    return new PodStatusBuilder()
        .withPhase(phase)
        .withStartTime(now())
        .withConditions(
            new PodConditionBuilder()
                .withType("PodScheduled")
                .withStatus("True")
                .withLastTransitionTime(now())
                .build());
  }

  private static ContainerStatusBuilder container() {
    return new ContainerStatusBuilder()
        .withName("main")
        .withImage("image")
        .withImageID("")
        .withReady(false)
        .withRestartCount(0);
  }

  private static String now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
