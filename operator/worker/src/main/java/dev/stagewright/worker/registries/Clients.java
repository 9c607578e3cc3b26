package dev.stagewright.worker.registries;

import dev.stagewright.harbor.HarborClient;
import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.BuildRequest;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.registry.ClientOptions;
import dev.stagewright.registry.RegistryClient;
import dev.stagewright.registry.auth.Credentials;
import dev.stagewright.registry.auth.MalformedCredentialsException;
import dev.stagewright.registry.host.RegistryHosts;
import dev.stagewright.registry.tls.MalformedPemException;
import dev.stagewright.worker.Locations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Opens the registry client of a phase.
 *
 * @param credentials folder of folders {@code 0}, {@code 1}, …, one a Secret; may be missing
 * @param certificates folder of folders with certificates of registries; may be missing
 * @param environment of the process, which may name proxies
 */
public record Clients(Path credentials, Path certificates, Map<String, String> environment) {
  private static final String DOCKER_CONFIG = ".dockerconfigjson";

  /** Makes a client. */
  @FunctionalInterface
  private interface Creation<C> {
    C create(RegistryHosts hosts, Credentials credentials, ClientOptions options);
  }

  /** For a phase that finds things here. */
  public static Clients of(Locations locations) {
    return new Clients(locations.registryCredentials(), locations.registryTls(), System.getenv());
  }

  /**
   * A client that reaches hosts as the request says.
   *
   * @throws BuildFailedException if a Secret, a certificate or the table of hosts cannot be read
   */
  public RegistryClient open(BuildRequest request) throws IOException {
    return open(request, Optional.empty());
  }

  /**
   * The same with a Secret that goes before all others.
   *
   * @param first name of its folder; empty for none
   * @throws BuildFailedException as for {@link #open(BuildRequest)}
   */
  public RegistryClient open(BuildRequest request, Optional<String> first) throws IOException {
    return create(request, first, RegistryClient::create);
  }

  /**
   * The same for what only Harbor has.
   *
   * @throws BuildFailedException as for {@link #open(BuildRequest)}
   */
  public HarborClient openHarbor(BuildRequest request, Optional<String> first) throws IOException {
    return create(request, first, HarborClient::create);
  }

  private <C> C create(BuildRequest request, Optional<String> first, Creation<C> creation)
      throws IOException {
    try {
      var hosts =
          new HostTable(certificates).of(request.registries(), request.output().destinations());
      return creation.create(
          hosts, Credentials.read(secrets(first)), ClientOptions.of(environment));
    } catch (MalformedCredentialsException | MalformedPemException | IllegalArgumentException e) {
      throw new BuildFailedException(
          Failure.of(FailureReason.InvalidRequest, String.valueOf(e.getMessage())), e);
    }
  }

  /** Of equally fitting secrets the first counts. */
  private List<Path> secrets(Optional<String> first) throws IOException {
    return Stream.concat(first.stream().map(credentials::resolve), numbered().stream())
        .map(folder -> folder.resolve(DOCKER_CONFIG))
        .filter(Files::isRegularFile)
        .toList();
  }

  private List<Path> numbered() throws IOException {
    if (!Files.isDirectory(credentials)) {
      return List.of();
    }
    try (var folders = Files.list(credentials)) {
      return folders
          .filter(folder -> folder.getFileName().toString().matches("[0-9]{1,4}"))
          .sorted(
              Comparator.comparingInt(folder -> Integer.parseInt(folder.getFileName().toString())))
          .toList();
    }
  }
}
