package dev.stagewright.worker.registries;

import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.BuildRequest;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.registry.RegistryClient;
import dev.stagewright.registry.auth.Credentials;
import dev.stagewright.registry.auth.MalformedCredentialsException;
import dev.stagewright.registry.host.Mirror;
import dev.stagewright.registry.host.RegistryHost;
import dev.stagewright.registry.host.RegistryHosts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/**
 * Opens the registry client of a phase.
 *
 * @param credentials folder of folders {@code 0}, {@code 1}, …, one a Secret; may be missing
 */
public record Clients(Path credentials) {
  private static final String DOCKER_CONFIG = ".dockerconfigjson";

  /**
   * A client that reaches hosts as the request says.
   *
   * @throws BuildFailedException if a Secret or the table of hosts cannot be read
   */
  public RegistryClient open(BuildRequest request) throws IOException {
    try {
      var hosts = RegistryHosts.of(request.registries().stream().map(Clients::host).toList());
      return RegistryClient.create(hosts, Credentials.read(secrets()));
    } catch (MalformedCredentialsException | IllegalArgumentException e) {
      throw new BuildFailedException(
          Failure.of(FailureReason.InvalidRequest, String.valueOf(e.getMessage())), e);
    }
  }

  private static RegistryHost host(BuildRequest.RegistryHost host) {
    return new RegistryHost(
        host.host(), host.plainHttp(), host.mirror().map(Mirror::parse).stream().toList());
  }

  /** In the order of the folders' numbers: of equally fitting secrets the first counts. */
  private List<Path> secrets() throws IOException {
    if (!Files.isDirectory(credentials)) {
      return List.of();
    }
    try (var folders = Files.list(credentials)) {
      return folders
          .filter(folder -> folder.getFileName().toString().matches("[0-9]{1,4}"))
          .sorted(
              Comparator.comparingInt(folder -> Integer.parseInt(folder.getFileName().toString())))
          .map(folder -> folder.resolve(DOCKER_CONFIG))
          .filter(Files::isRegularFile)
          .toList();
    }
  }
}
