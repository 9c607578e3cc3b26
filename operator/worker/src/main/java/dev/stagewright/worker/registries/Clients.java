package dev.stagewright.worker.registries;

import dev.stagewright.harbor.HarborClient;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.BuildRequest;
import dev.stagewright.protocol.BuildRequest.Destination;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.Mounts;
import dev.stagewright.registry.ClientOptions;
import dev.stagewright.registry.RegistryClient;
import dev.stagewright.registry.auth.CredentialDirectory;
import dev.stagewright.registry.auth.Credentials;
import dev.stagewright.registry.auth.MalformedCredentialsException;
import dev.stagewright.registry.host.RegistryHosts;
import dev.stagewright.registry.tls.MalformedPemException;
import dev.stagewright.worker.PhasePaths;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Opens the registry clients of a phase. What reads images has the accounts of pull secrets, what
 * pushes has those of its destination: at one registry they may be different ones.
 *
 * @param credentials folder of folders, one a Secret, as {@link Mounts#REGISTRY_CREDENTIALS} has
 *     them; may be missing
 * @param certificates folder of folders with certificates of registries; may be missing
 * @param environment of the process, which may name proxies
 */
public record Clients(Path credentials, Path certificates, Map<String, String> environment) {

  /** Makes a client. */
  @FunctionalInterface
  private interface Creation<C> {
    C create(RegistryHosts hosts, Credentials credentials, ClientOptions options);
  }

  /** For a phase that finds things here. */
  public static Clients of(PhasePaths locations) {
    return new Clients(locations.registryCredentials(), locations.registryTls(), System.getenv());
  }

  /**
   * A client that reads images, and reaches hosts as the request says.
   *
   * @throws BuildFailedException if a Secret, a certificate or the table of hosts cannot be read
   */
  public RegistryClient openForReading(BuildRequest request) throws IOException {
    return create(request, this::ofPullSecrets, RegistryClient::create);
  }

  /**
   * A client that pushes to a destination: with its own accounts, then with those of the first
   * destination.
   *
   * @throws BuildFailedException as for {@link #openForReading}
   */
  public RegistryClient open(BuildRequest request, Destination destination) throws IOException {
    return create(request, () -> of(request, destination), RegistryClient::create);
  }

  /**
   * The same for what only Harbor has.
   *
   * @throws BuildFailedException as for {@link #openForReading}
   */
  public HarborClient openHarbor(BuildRequest request, Destination destination) throws IOException {
    return create(request, () -> of(request, destination), HarborClient::create);
  }

  /** Reads Secrets. */
  @FunctionalInterface
  private interface Reading {
    Credentials read() throws IOException;
  }

  private <C> C create(BuildRequest request, Reading secrets, Creation<C> creation)
      throws IOException {
    try {
      var hosts =
          new HostTable(certificates).of(request.registries(), request.output().destinations());
      return creation.create(hosts, secrets.read(), ClientOptions.of(environment));
    } catch (MalformedCredentialsException | MalformedPemException | IllegalArgumentException e) {
      throw new BuildFailedException(
          Failure.of(FailureReason.InvalidRequest, String.valueOf(e.getMessage())), e);
    }
  }

  private Credentials of(BuildRequest request, Destination destination) throws IOException {
    var first = request.output().destinations().getFirst();
    var own = read(destination);
    return destination.equals(first) ? own : own.before(read(first));
  }

  private Credentials read(Destination destination) throws IOException {
    var folder = destination.credentials();
    if (folder.isEmpty()) {
      return Credentials.none();
    }
    var host = ImageReference.parse(destination.repository()).registry();
    var name =
        "Secret "
            + Path.of(folder.get()).getFileName()
            + " of "
            + destination.field()
            + ".credentials";
    return new CredentialDirectory(name, credentials.resolve(folder.get()), Optional.of(host))
        .read();
  }

  /** Those of the spec have to be of use; others, like the kubelet, where they are needed. */
  private Credentials ofPullSecrets() throws IOException {
    var all = new ArrayList<Credentials>();
    for (var folder : secrets(Mounts.PULL_SECRET)) {
      all.add(folder.apply("Secret %s of spec.imagePullSecrets").read());
    }
    for (var folder : secrets(Mounts.ACCOUNT_SECRET)) {
      all.add(folder.apply("Secret %s of the ServiceAccount").readIfUsable());
    }
    return Credentials.of(all);
  }

  /** Folders {@code prefix0/name}, {@code prefix1/name}, …, by number. */
  private List<Function<String, CredentialDirectory>> secrets(String prefix) throws IOException {
    var found = new ArrayList<Function<String, CredentialDirectory>>();
    for (var number = 0; Files.isDirectory(credentials.resolve(prefix + number)); number++) {
      try (var folders = Files.list(credentials.resolve(prefix + number))) {
        folders.forEach(folder ->
            found.add(called ->
                new CredentialDirectory(
                    called.formatted(folder.getFileName()), folder, Optional.empty())));
      }
    }
    return found;
  }
}
