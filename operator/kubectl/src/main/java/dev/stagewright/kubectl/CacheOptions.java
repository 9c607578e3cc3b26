package dev.stagewright.kubectl;

import dev.stagewright.kubectl.cache.CacheException;
import dev.stagewright.kubectl.cache.CacheRepository;
import dev.stagewright.kubectl.cache.RegistryRecords;
import dev.stagewright.kubectl.cluster.ClusterException;
import dev.stagewright.kubectl.cluster.NotFoundException;
import dev.stagewright.layers.oci.ImageReference;
import java.io.IOException;
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

  @Mixin private final RegistryAccess access = new RegistryAccess();

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
    return access.run(
        spec,
        () -> {
          var name = repository();
          try (var client = access.client(name.registry())) {
            return operation.run(new RegistryRecords(client, name));
          }
        });
  }

  private ImageReference repository()
      throws ClusterException, NotFoundException, CacheException, InterruptedException {
    var name = build;
    return name == null
        ? CacheRepository.parse(Objects.requireNonNull(repository))
        : CacheRepository.of(access.cluster().read(builds -> builds.build(name)));
  }
}
