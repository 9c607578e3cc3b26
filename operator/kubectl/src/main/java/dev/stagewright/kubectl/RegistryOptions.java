package dev.stagewright.kubectl;

import dev.stagewright.kubectl.cache.CacheException;
import dev.stagewright.registry.ClientOptions;
import dev.stagewright.registry.RegistryClient;
import dev.stagewright.registry.auth.Credentials;
import dev.stagewright.registry.host.RegistryHost;
import dev.stagewright.registry.host.RegistryHosts;
import dev.stagewright.registry.http.Connection;
import dev.stagewright.registry.tls.Certificates;
import dev.stagewright.registry.tls.TlsSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options for the connection to a registry. */
final class RegistryOptions {
  @Option(names = "--plain-http", description = "Reach the registry without TLS")
  private boolean plainHttp;

  @Option(
      names = "--ca-file",
      paramLabel = "FILE",
      description = "Certificates to trust in addition, in PEM format")
  private @Nullable Path caFile;

  /** Creates a client for a registry. */
  RegistryClient client(String registry, Credentials credentials) throws CacheException {
    var host = new RegistryHost(registry, plainHttp, List.of());
    var hosts =
        caFile != null
            ? RegistryHosts.of(List.of(host.with(trusting(caFile))))
            : plainHttp ? RegistryHosts.of(List.of(host)) : RegistryHosts.defaults();
    return RegistryClient.create(hosts, credentials, ClientOptions.interactive(System.getenv()));
  }

  private static Connection trusting(Path file) throws CacheException {
    try {
      var certificates = Certificates.parse(file.toString(), Files.readString(file));
      return new Connection(new TlsSettings(certificates, Optional.empty()), Optional.empty());
    } catch (IOException e) {
      throw new CacheException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }
}
