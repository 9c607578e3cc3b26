package dev.stagewright.kubectl;

import dev.stagewright.cli.ExitCode;
import dev.stagewright.kubectl.cache.CacheException;
import dev.stagewright.kubectl.cache.DockerLogins;
import dev.stagewright.kubectl.cluster.ClusterException;
import dev.stagewright.kubectl.cluster.NotFoundException;
import dev.stagewright.registry.RegistryClient;
import dev.stagewright.registry.auth.Credentials;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The options for the account of a registry, and for the cluster that may have it in a Secret. */
final class RegistryAccess {
  @Option(
      names = "--secret",
      paramLabel = "NAME",
      description =
          "Secret of the namespace with the account for the registry. Default: the account of"
              + " docker login on this machine")
  private @Nullable String secret;

  @Mixin private final RegistryOptions registry = new RegistryOptions();
  @Mixin private final ClusterOptions cluster = new ClusterOptions();

  /** An operation of a command; it returns an exit code. */
  interface Operation {
    int run()
        throws IOException,
            CacheException,
            ClusterException,
            NotFoundException,
            InterruptedException;
  }

  /** The cluster of the options. */
  ClusterOptions cluster() {
    return cluster;
  }

  /** Runs the operation and prints its errors. */
  int run(CommandSpec spec, Operation operation) {
    var err = spec.commandLine().getErr();
    try {
      return operation.run();
    } catch (NotFoundException | ClusterException | CacheException | IOException e) {
      err.println(e.getMessage());
      return ExitCode.UNAVAILABLE;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.INTERRUPTED;
    } finally {
      err.flush();
    }
  }

  /** Creates a client for a registry, with the account of the options. */
  RegistryClient client(String host)
      throws ClusterException,
          NotFoundException,
          CacheException,
          IOException,
          InterruptedException {
    return registry.client(host, credentials(host));
  }

  private Credentials credentials(String host)
      throws ClusterException,
          NotFoundException,
          CacheException,
          IOException,
          InterruptedException {
    var name = secret;
    return name == null
        ? DockerLogins.of(System.getenv(), Path.of(System.getProperty("user.home"))).read(host)
        : Credentials.parse("Secret " + name, cluster.read(builds -> builds.dockerConfig(name)));
  }
}
