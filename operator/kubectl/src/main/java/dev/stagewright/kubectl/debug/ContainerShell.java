package dev.stagewright.kubectl.debug;

import dev.stagewright.kubectl.cluster.ClusterException;
import dev.stagewright.kubectl.terminal.WindowSize;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.ContainerResource;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs a command in the container of a stage.
 *
 * @param client client of the cluster
 * @param namespace namespace of the Pod
 * @param pod name of the Pod
 */
record ContainerShell(KubernetesClient client, String namespace, String pod) {
  private static final long RESIZE_MILLIS = 500;

  /** Runs a command without a terminal; returns its exit code. */
  @SuppressWarnings("SystemOut")
  int run(List<String> command) throws ClusterException, InterruptedException {
    try (var running =
        container()
            .writingOutput(System.out)
            .writingError(System.err)
            .exec(command.toArray(String[]::new))) {
      return await(running, Optional::empty);
    } catch (KubernetesClientException e) {
      throw failure(e);
    }
  }

  /** Connects the terminal of this process with a command; returns its exit code. */
  @SuppressWarnings("SystemOut")
  int interact(List<String> command) throws ClusterException, InterruptedException {
    try (var _ = RawTerminal.open();
        var running =
            container()
                .redirectingInput()
                .writingOutput(System.out)
                .withTTY()
                .exec(command.toArray(String[]::new))) {
      Thread.ofPlatform().daemon().name("keys").start(() -> sendKeys(running));
      return await(running, WindowSize.ofStandardOutput());
    } catch (KubernetesClientException e) {
      throw failure(e);
    } catch (IOException e) {
      throw new ClusterException("the terminal cannot be used: " + e.getMessage());
    }
  }

  private static void sendKeys(ExecWatch running) {
    try {
      var keys = System.in;
      var buffer = new byte[1024];
      for (var read = keys.read(buffer); read >= 0; read = keys.read(buffer)) {
        running.getInput().write(buffer, 0, read);
        running.getInput().flush();
      }
    } catch (IOException e) {
      // The shell has ended.
    }
  }

  private ContainerResource container() {
    return client.pods().inNamespace(namespace).withName(pod).inContainer(DebugPod.CONTAINER);
  }

  /** Waits for the end; the terminal in the cluster gets the size of that of this process. */
  private int await(ExecWatch running, WindowSize.Source size)
      throws ClusterException, InterruptedException {
    var last = Optional.<WindowSize>empty();
    while (true) {
      var current = size.current();
      if (!current.equals(last)) {
        current.ifPresent(it -> running.resize(it.columns(), it.rows()));
        last = current;
      }
      try {
        var exitCode = running.exitCode().get(RESIZE_MILLIS, TimeUnit.MILLISECONDS);
        return exitCode == null || exitCode < 0 ? 1 : exitCode;
      } catch (TimeoutException e) {
        // The command runs.
      } catch (ExecutionException e) {
        throw new ClusterException("the connection to Pod " + pod + " has ended: " + e.getCause());
      }
    }
  }

  private ClusterException failure(KubernetesClientException e) {
    return new ClusterException(
        "cannot run a shell in Pod %s: %s; this requires the verbs get and create on pods/exec"
            .formatted(pod, e.getMessage()));
  }
}
