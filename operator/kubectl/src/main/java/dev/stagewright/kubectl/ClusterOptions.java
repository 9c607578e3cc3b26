package dev.stagewright.kubectl;

import dev.stagewright.cli.ExitCode;
import dev.stagewright.kubectl.cluster.BuildReader;
import dev.stagewright.kubectl.cluster.ClientConfig;
import dev.stagewright.kubectl.cluster.ClusterException;
import dev.stagewright.kubectl.cluster.NotFoundException;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that select a cluster and a namespace; kubectl has the same ones. */
final class ClusterOptions {
  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAMESPACE",
      description = "Namespace of the build. Default: the namespace of the context")
  private @Nullable String namespace;

  @Option(
      names = "--context",
      paramLabel = "NAME",
      description = "Context of the kubeconfig. Default: the current context")
  private @Nullable String context;

  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description =
          "Kubeconfig file. Default: the environment variable KUBECONFIG, else ~/.kube/config")
  private @Nullable Path kubeconfig;

  /** An operation on the builds of a cluster; it returns an exit code. */
  interface Operation {
    int run(BuildReader builds) throws ClusterException, NotFoundException, InterruptedException;
  }

  /** Reads something of a cluster. */
  interface Query<T> {
    T run(BuildReader builds) throws ClusterException, NotFoundException, InterruptedException;
  }

  /** Reads something of the cluster. */
  <T> T read(Query<T> query) throws ClusterException, NotFoundException, InterruptedException {
    try (var client =
        new ClientConfig(Optional.ofNullable(kubeconfig), Optional.ofNullable(context))
            .createClient()) {
      return query.run(new BuildReader(client, namespace(client)));
    }
  }

  /** Runs the operation and prints its errors. */
  int run(PrintWriter err, Operation operation) {
    try {
      return this.<Integer>read(operation::run);
    } catch (NotFoundException | ClusterException e) {
      err.println(e.getMessage());
      return ExitCode.UNAVAILABLE;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.INTERRUPTED;
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
