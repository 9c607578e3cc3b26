package dev.stagewright.worker.registries;

import dev.stagewright.harbor.HarborClient;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.BuildRequest;
import dev.stagewright.protocol.BuildRequest.Destination;
import dev.stagewright.protocol.CacheRequest;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.Mounts;
import dev.stagewright.protocol.SourceRequest;
import dev.stagewright.registry.ClientOptions;
import dev.stagewright.registry.RegistryClient;
import dev.stagewright.registry.auth.CredentialDirectory;
import dev.stagewright.registry.auth.Credentials;
import dev.stagewright.registry.auth.MalformedCredentialsException;
import dev.stagewright.registry.auth.TokenCache;
import dev.stagewright.registry.host.RegistryHosts;
import dev.stagewright.registry.tls.MalformedPemException;
import dev.stagewright.worker.PhasePaths;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Opens the registry clients of a phase. Clients that read images use the accounts of pull secrets,
 * clients that push use those of their destination: they may differ at one registry.
 *
 * @param credentials the directory of mounted Secrets, see {@link Mounts#REGISTRY_CREDENTIALS}; may
 *     be missing
 * @param certificates the directory of mounted registry certificates; may be missing
 * @param environment the environment variables of the process, which may configure proxies
 * @param tokens the tokens, which all clients share
 */
public record Clients(
    Path credentials, Path certificates, Map<String, String> environment, TokenCache tokens) {

  /** Creates a client. */
  @FunctionalInterface
  private interface ClientFactory<C> {
    C create(RegistryHosts hosts, Credentials credentials, ClientOptions options);
  }

  /** Creates an opener for the paths of a phase. */
  public static Clients of(PhasePaths paths) {
    return new Clients(
        paths.registryCredentials(),
        paths.registryTls(),
        System.getenv(),
        new TokenCache(Clock.systemUTC()));
  }

  /**
   * Opens a client that reads images.
   *
   * @throws BuildFailedException if a Secret, a certificate or the host table is malformed
   */
  public RegistryClient openForReading(BuildRequest request) throws IOException {
    return create(request, this::pullSecrets, this::client);
  }

  /**
   * Opens a client that reads a source. Its accounts take precedence over the pull secrets.
   *
   * @throws BuildFailedException as for {@link #openForReading}
   */
  public RegistryClient openForSource(BuildRequest request, SourceRequest.Oci source)
      throws IOException {
    return create(
        request, () -> read(source.location()).before(pullSecrets()), RegistryClient::create);
  }

  /**
   * Opens a client that pushes to a destination. Its accounts take precedence over those of the
   * first destination.
   *
   * @throws BuildFailedException as for {@link #openForReading}
   */
  public RegistryClient open(BuildRequest request, Destination destination) throws IOException {
    return create(request, () -> of(request, destination), this::client);
  }

  /**
   * Opens a client as {@link #open(BuildRequest, Destination)} does, with other options.
   *
   * @throws BuildFailedException as for {@link #openForReading}
   */
  public RegistryClient open(BuildRequest request, Destination destination, OptionsFactory options)
      throws IOException {
    return create(
        request,
        () -> of(request, destination),
        (hosts, accounts, _) -> client(hosts, accounts, options.create(environment)));
  }

  private RegistryClient client(RegistryHosts hosts, Credentials accounts, ClientOptions options) {
    return RegistryClient.create(hosts, accounts, options, tokens);
  }

  /** Creates the options of a client. */
  @FunctionalInterface
  public interface OptionsFactory {
    /**
     * Creates options.
     *
     * @param environment environment variables of the process, which may configure proxies
     */
    ClientOptions create(Map<String, String> environment);
  }

  /**
   * Opens a Harbor client for a destination, with the same accounts.
   *
   * @throws BuildFailedException as for {@link #openForReading}
   */
  public HarborClient openHarbor(BuildRequest request, Destination destination) throws IOException {
    return create(request, () -> of(request, destination), HarborClient::create);
  }

  /** Reads credentials. */
  @FunctionalInterface
  private interface CredentialsReader {
    Credentials read() throws IOException;
  }

  private <C> C create(BuildRequest request, CredentialsReader secrets, ClientFactory<C> factory)
      throws IOException {
    try {
      var hosts = new HostTable(certificates).of(request.registries(), destinations(request));
      return factory.create(hosts, secrets.read(), ClientOptions.of(environment));
    } catch (MalformedCredentialsException | MalformedPemException | IllegalArgumentException e) {
      throw new BuildFailedException(
          Failure.of(FailureReason.InvalidRequest, String.valueOf(e.getMessage())), e);
    }
  }

  /** The repositories that may have certificates of their own: of output, cache and source. */
  private static List<Destination> destinations(BuildRequest request) {
    var source =
        request.source() instanceof SourceRequest.Oci oci
            ? Stream.of(oci.location())
            : Stream.<Destination>empty();
    return Stream.of(
            request.output().destinations().stream(),
            request.cache().stream().map(CacheRequest::destination),
            source)
        .flatMap(it -> it)
        .toList();
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

  /**
   * Secrets of the spec must be usable; Secrets of the ServiceAccount are ignored if they are
   * unusable, as in the kubelet.
   */
  private Credentials pullSecrets() throws IOException {
    var all = new ArrayList<Credentials>();
    for (var folder : secrets(Mounts.PULL_SECRET)) {
      all.add(folder.apply("Secret %s of spec.imagePullSecrets").read());
    }
    for (var folder : secrets(Mounts.ACCOUNT_SECRET)) {
      all.add(folder.apply("Secret %s of the ServiceAccount").readIfUsable());
    }
    return Credentials.of(all);
  }

  /** Lists the directories {@code prefix0/name}, {@code prefix1/name}, …, by number. */
  private List<Function<String, CredentialDirectory>> secrets(String prefix) throws IOException {
    var directories = new ArrayList<Function<String, CredentialDirectory>>();
    for (var number = 0; Files.isDirectory(credentials.resolve(prefix + number)); number++) {
      try (var folders = Files.list(credentials.resolve(prefix + number))) {
        folders.forEach(folder ->
            directories.add(nameFormat ->
                new CredentialDirectory(
                    nameFormat.formatted(folder.getFileName()), folder, Optional.empty())));
      }
    }
    return directories;
  }
}
