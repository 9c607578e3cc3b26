package dev.stagewright.bench.scale;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Makes the API requests of the scheduler and the kubelet for a Pod, without containers. */
final class PodSimulator {
  private static final Set<String> WORKER_TASKS = Set.of("prepare", "publish");

  private final KubernetesClient client;
  private final String node;
  private final Map<String, Set<String>> ended = new ConcurrentHashMap<>();

  PodSimulator(KubernetesClient client, String node) {
    this.client = client;
    this.node = node;
  }

  /** The task of a container: prepare or publish, or the last part of the name of a stage's Pod. */
  static String task(String pod, String container) {
    return isInWorker(container) ? container : pod.substring(pod.lastIndexOf('-') + 1);
  }

  static boolean isInWorker(String task) {
    return WORKER_TASKS.contains(task);
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
    patch(pod, Set.of());
  }

  /** Ends a container; the others of the Pod continue. */
  void terminate(Pod pod, String container) {
    var containers = ended.computeIfAbsent(uid(pod), _ -> ConcurrentHashMap.newKeySet());
    containers.add(container);
    patch(pod, Set.copyOf(containers));
  }

  private void patch(Pod pod, Set<String> endedContainers) {
    var names = pod.getSpec().getContainers().stream().map(Container::getName).toList();
    var status = status(endedContainers.containsAll(names) ? "Succeeded" : "Running");
    status.withContainerStatuses(
        names.stream()
            .map(name ->
                container(name)
                    .withState(
                        endedContainers.contains(name)
                            ? terminated(task(pod.getMetadata().getName(), name))
                            : running())
                    .build())
            .toList());
    patch(pod, status);
  }

  private static ContainerState running() {
    return new ContainerStateBuilder().withNewRunning().withStartedAt(now()).endRunning().build();
  }

  private static ContainerState terminated(String task) {
    return new ContainerStateBuilder()
        .withNewTerminated()
        .withExitCode(0)
        .withReason("Completed")
        .withMessage(SimulatedBuild.terminationMessage(task))
        .withStartedAt(now())
        .withFinishedAt(now())
        .endTerminated()
        .build();
  }

  private static String uid(Pod pod) {
    return pod.getMetadata().getUid();
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

  private static ContainerStatusBuilder container(String name) {
    return new ContainerStatusBuilder()
        .withName(name)
        .withImage("image")
        .withImageID("")
        .withReady(false)
        .withRestartCount(0);
  }

  private static String now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
