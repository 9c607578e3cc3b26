package dev.stagewright.kubectl.debug;

import dev.stagewright.kubectl.cluster.ClusterException;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Objects in a cluster that are deleted at the end, also if the process is interrupted. */
final class DebugObjects implements AutoCloseable {
  private static final Duration INTERVAL = Duration.ofMillis(500);
  private static final Set<String> FINAL =
      Set.of("ErrImagePull", "ImagePullBackOff", "InvalidImageName", "CreateContainerError");

  private final KubernetesClient client;
  private final List<HasMetadata> created = new ArrayList<>();
  private final Thread atExit = new Thread(this::delete, "delete-debug-objects");

  DebugObjects(KubernetesClient client) {
    this.client = client;
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  void create(HasMetadata object) throws ClusterException {
    try {
      client.resource(object).create();
      synchronized (created) {
        created.addFirst(object);
      }
    } catch (KubernetesClientException e) {
      throw new ClusterException(
          "cannot create the %s %s: %s"
              .formatted(object.getKind(), object.getMetadata().getName(), e.getMessage()));
    }
  }

  /**
   * Waits until the container of a Pod runs and has printed a line.
   *
   * @param line empty to wait only for the container
   * @param notices receives why the Pod waits
   */
  void awaitRunning(Pod pod, String line, Consumer<String> notices)
      throws ClusterException, InterruptedException {
    var reason = Optional.<String>empty();
    for (; ; Thread.sleep(INTERVAL)) {
      var current = client.resource(pod).get();
      if (current == null) {
        throw new ClusterException("Pod " + pod.getMetadata().getName() + " was deleted");
      }
      var failure = failure(current);
      if (failure.isPresent()) {
        throw new ClusterException(
            "Pod %s cannot start: %s%s"
                .formatted(pod.getMetadata().getName(), failure.get(), tail(pod)));
      }
      var waiting = unscheduled(current);
      if (!waiting.equals(reason)) {
        reason = waiting;
        reason.ifPresent(it -> notices.accept("the Pod waits for a node: " + it));
      }
      if ("Running".equals(current.getStatus().getPhase())
          && (line.isEmpty() || log(pod).lines().anyMatch(line::equals))) {
        return;
      }
    }
  }

  private static Optional<String> unscheduled(Pod pod) {
    return pod.getStatus().getConditions().stream()
        .filter(it -> it.getType().equals("PodScheduled") && it.getStatus().equals("False"))
        .map(it -> Optional.ofNullable(it.getMessage()).orElse(""))
        .findFirst();
  }

  private static Optional<String> failure(Pod pod) {
    var phase = Optional.ofNullable(pod.getStatus().getPhase()).orElse("");
    for (var status : pod.getStatus().getContainerStatuses()) {
      var waiting = Optional.ofNullable(status.getState().getWaiting());
      if (waiting.map(ContainerStateWaiting::getReason).filter(FINAL::contains).isPresent()) {
        return waiting.map(it -> it.getReason() + ": " + it.getMessage());
      }
      var terminated = status.getState().getTerminated();
      if (terminated != null) {
        return Optional.of(
            "exit code %d, %s %s"
                .formatted(
                    terminated.getExitCode(),
                    terminated.getReason(),
                    Optional.ofNullable(terminated.getMessage()).orElse("").strip()));
      }
    }
    return Set.of("Failed", "Succeeded").contains(phase)
        ? Optional.of("it is " + phase + ", " + pod.getStatus().getReason())
        : Optional.empty();
  }

  private String log(Pod pod) {
    try {
      return client
          .pods()
          .inNamespace(pod.getMetadata().getNamespace())
          .withName(pod.getMetadata().getName())
          .inContainer(DebugPod.CONTAINER)
          .getLog();
    } catch (KubernetesClientException e) {
      return "";
    }
  }

  private String tail(Pod pod) {
    var lines = log(pod).lines().toList();
    return lines.isEmpty()
        ? ""
        : "\n" + String.join("\n", lines.subList(Math.max(0, lines.size() - 10), lines.size()));
  }

  private void delete() {
    synchronized (created) {
      for (var object : created) {
        try {
          client.resource(object).delete();
        } catch (KubernetesClientException e) {
          // The Pod ends by itself, and is deleted with the ImageBuild.
        }
      }
      created.clear();
    }
  }

  @Override
  public void close() {
    delete();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // The process is about to exit: the hook runs.
    }
  }
}
