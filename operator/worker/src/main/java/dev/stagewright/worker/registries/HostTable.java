package dev.stagewright.worker.registries;

import dev.stagewright.protocol.BuildRequest;
import dev.stagewright.registry.host.Mirror;
import dev.stagewright.registry.host.RegistryHost;
import dev.stagewright.registry.host.RegistryHosts;
import dev.stagewright.registry.host.Rewrite;
import dev.stagewright.registry.http.Connection;
import dev.stagewright.registry.proxy.ProxyAddress;
import dev.stagewright.registry.tls.Certificates;
import dev.stagewright.registry.tls.ClientIdentity;
import dev.stagewright.registry.tls.TlsSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Turns a request's table of hosts, and the certificates that are mounted for it, into the
 * client's.
 *
 * @param certificates folder of folders, which entries name; may be missing
 */
record HostTable(Path certificates) {

  /**
   * The client's table.
   *
   * @throws IOException if a certificate or key cannot be read; it names the file
   * @throws IllegalArgumentException if something else of an entry is malformed
   */
  RegistryHosts of(List<BuildRequest.RegistryHost> entries) throws IOException {
    var hosts = new ArrayList<RegistryHost>();
    for (var entry : entries) {
      hosts.add(
          new RegistryHost(
              entry.host(),
              entry.plainHttp(),
              entry.mirror().map(Mirror::parse).stream().toList(),
              entry.rewrites().entrySet().stream()
                  .map(rule -> Rewrite.parse(rule.getKey(), rule.getValue()))
                  .toList(),
              connection(entry),
              entry.chunkSize()));
    }
    return RegistryHosts.of(hosts);
  }

  private Connection connection(BuildRequest.RegistryHost entry) throws IOException {
    var proxy =
        entry
            .proxy()
            .map(address -> ProxyAddress.parse("the proxy of registry " + entry.host(), address));
    var authorities = new ArrayList<X509Certificate>();
    if (entry.caBundle().isPresent()) {
      authorities.addAll(
          Certificates.parse("the CA bundle of registry " + entry.host(), entry.caBundle().get()));
    }
    var folder = entry.tls().map(certificates::resolve);
    if (folder.isPresent() && Files.exists(folder.get().resolve("ca.crt"))) {
      var file = folder.get().resolve("ca.crt");
      authorities.addAll(Certificates.parse(file.toString(), Files.readString(file)));
    }
    var identity = folder.isEmpty() ? Optional.<ClientIdentity>empty() : identity(folder.get());
    return new Connection(new TlsSettings(authorities, identity), proxy);
  }

  private static Optional<ClientIdentity> identity(Path folder) throws IOException {
    var certificate = folder.resolve("tls.crt");
    var key = folder.resolve("tls.key");
    if (!Files.exists(certificate) || !Files.exists(key)) {
      return Optional.empty();
    }
    return Optional.of(
        ClientIdentity.parse(
            folder.toString(), Files.readString(certificate), Files.readString(key)));
  }
}
