package dev.stagewright.kubectl;

import dev.stagewright.kubectl.cluster.BuildReader;
import dev.stagewright.kubectl.cluster.ClusterException;
import dev.stagewright.kubectl.cluster.Connection;
import dev.stagewright.kubectl.cluster.NotFoundException;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which cluster and namespace, as kubectl is told. */
final class ClusterInput {
  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAMESPACE",
      description = "Namespace of the build. Default: that of the context")
  private @Nullable String namespace;

  @Option(
      names = "--context",
      paramLabel = "NAME",
      description = "Context of the kubeconfig. Default: its current one")
  private @Nullable String context;

  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description = "Default: the environment variable KUBECONFIG, else ~/.kube/config")
  private @Nullable Path kubeconfig;

  /** What to do with a cluster. */
  interface Task {
    int run(BuildReader builds) throws ClusterException, NotFoundException, InterruptedException;
  }

  /** Does it, and tells what goes wrong. */
  int with(PrintWriter err, Task task) {
    try (var client =
        new Connection(Optional.ofNullable(kubeconfig), Optional.ofNullable(context)).open()) {
      return task.run(new BuildReader(client, namespace(client)));
    } catch (NotFoundException e) {
      err.println(e.getMessage());
      return Exit.NOT_FOUND;
    } catch (ClusterException e) {
      err.println(e.getMessage());
      return Exit.CLUSTER;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Exit.CLUSTER;
    } finally {
      err.flush();
    }
  }

  private String namespace(KubernetesClient client) {
    return Optional.ofNullable(namespace)
        .or(() -> Optional.ofNullable(client.getNamespace()))
        .orElse("default");
  }
}
