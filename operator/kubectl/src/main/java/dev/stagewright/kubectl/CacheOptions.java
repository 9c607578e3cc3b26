package dev.stagewright.kubectl;

import dev.stagewright.kubectl.cache.CacheException;
import dev.stagewright.kubectl.cache.CacheRepository;
import dev.stagewright.kubectl.cache.DockerLogins;
import dev.stagewright.kubectl.cache.RegistryRecords;
import dev.stagewright.kubectl.cluster.ClusterException;
import dev.stagewright.kubectl.cluster.NotFoundException;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.registry.auth.Credentials;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** The options that select a cache, and the account for its registry. */
final class CacheOptions {
  @Parameters(
      paramLabel = "BUILD",
      arity = "0..1",
      description = "Name of the ImageBuild that uses the cache")
  private @Nullable String build;

  @Option(
      names = {"-R", "--repository"},
      paramLabel = "REPOSITORY",
      description = "Repository of the cache, instead of a build. A cluster is not required")
  private @Nullable String repository;

  @Option(
      names = "--secret",
      paramLabel = "NAME",
      description =
          "Secret of the namespace with the account for the registry. Default: the account of"
              + " docker login on this machine")
  private @Nullable String secret;

  @Mixin private final RegistryOptions registry = new RegistryOptions();
  @Mixin private final ClusterOptions cluster = new ClusterOptions();

  /** An operation on the records of a cache; it returns an exit code. */
  interface Operation {
    int run(RegistryRecords records) throws IOException, CacheException, InterruptedException;
  }

  /** Runs the operation and prints its errors. */
  int run(CommandSpec spec, Operation operation) {
    if ((build == null) == (repository == null)) {
      throw new ParameterException(
          spec.commandLine(), "name either a BUILD or a cache with --repository");
    }
    var err = spec.commandLine().getErr();
    try {
      var name = repository();
      try (var client = registry.client(name.registry(), credentials(name.registry()))) {
        return operation.run(new RegistryRecords(client, name));
      }
    } catch (NotFoundException e) {
      err.println(e.getMessage());
      return CommandExitCode.NOT_FOUND;
    } catch (ClusterException | CacheException | IOException e) {
      err.println(e.getMessage());
      return CommandExitCode.CLUSTER_ERROR;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return CommandExitCode.CLUSTER_ERROR;
    } finally {
      err.flush();
    }
  }

  private ImageReference repository()
      throws ClusterException, NotFoundException, CacheException, InterruptedException {
    var name = build;
    return name == null
        ? CacheRepository.parse(Objects.requireNonNull(repository))
        : CacheRepository.of(cluster.read(builds -> builds.build(name)));
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
