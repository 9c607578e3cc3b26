package dev.stagewright.worker.registries;

import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.protocol.BuildRequest;
import dev.stagewright.protocol.BuildRequest.Destination;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Converts the host table of a request, with the mounted certificates, to the host table of the
 * registry client.
 *
 * @param certificates the directory of mounted certificates, which entries refer to; may be missing
 */
record HostTable(Path certificates) {

  /**
   * Returns the host table of the registry client.
   *
   * @param destinations the destinations, which may have trusted certificates for their registries
   * @throws IOException if a certificate or key is malformed; the message names the file
   * @throws IllegalArgumentException if another part of an entry is malformed
   */
  RegistryHosts of(List<BuildRequest.RegistryHost> entries, List<Destination> destinations)
      throws IOException {
    var trustedCertificates = trustedCertificates(destinations);
    var hosts = new ArrayList<RegistryHost>();
    for (var entry : withHosts(entries, trustedCertificates.keySet())) {
      hosts.add(
          new RegistryHost(
              entry.host(),
              entry.plainHttp(),
              entry.mirror().map(Mirror::parse).stream().toList(),
              entry.rewrites().entrySet().stream()
                  .map(rule -> Rewrite.parse(rule.getKey(), rule.getValue()))
                  .toList(),
              connection(entry, trustedCertificates.getOrDefault(entry.host(), List.of())),
              entry.chunkSize()));
    }
    return RegistryHosts.of(hosts);
  }

  /** Returns the entries, with an additional entry for each host without one. */
  private static List<BuildRequest.RegistryHost> withHosts(
      List<BuildRequest.RegistryHost> entries, Set<String> hosts) {
    var all = new ArrayList<>(entries);
    var listed = entries.stream().map(BuildRequest.RegistryHost::host).collect(Collectors.toSet());
    hosts.stream()
        .filter(host -> !listed.contains(host))
        .forEach(host -> all.add(new BuildRequest.RegistryHost(host, false, Optional.empty())));
    return all;
  }

  /** Returns the trusted certificates of destinations, by host; prepare has none. */
  private Map<String, List<X509Certificate>> trustedCertificates(List<Destination> destinations)
      throws IOException {
    var trustedCertificates = new LinkedHashMap<String, List<X509Certificate>>();
    for (var destination : destinations) {
      var file =
          destination
              .authorities()
              .map(directory -> certificates.resolve(directory).resolve("ca.crt"));
      if (file.isPresent() && Files.exists(file.get())) {
        trustedCertificates
            .computeIfAbsent(
                ImageReference.parse(destination.repository()).registry(), _ -> new ArrayList<>())
            .addAll(
                Certificates.parse(
                    destination.field() + ".caBundle", Files.readString(file.get())));
      }
    }
    return trustedCertificates;
  }

  private Connection connection(
      BuildRequest.RegistryHost entry, List<X509Certificate> trustedCertificates)
      throws IOException {
    var proxy =
        entry
            .proxy()
            .map(address -> ProxyAddress.parse("the proxy of registry " + entry.host(), address));
    var authorities = new ArrayList<>(trustedCertificates);
    if (entry.caBundle().isPresent()) {
      authorities.addAll(
          Certificates.parse("the CA bundle of registry " + entry.host(), entry.caBundle().get()));
    }
    var directory = entry.tls().map(certificates::resolve);
    if (directory.isPresent() && Files.exists(directory.get().resolve("ca.crt"))) {
      var file = directory.get().resolve("ca.crt");
      authorities.addAll(Certificates.parse(file.toString(), Files.readString(file)));
    }
    var identity =
        directory.isEmpty() ? Optional.<ClientIdentity>empty() : identity(directory.get());
    return new Connection(new TlsSettings(authorities, identity), proxy);
  }

  private static Optional<ClientIdentity> identity(Path directory) throws IOException {
    var certificate = directory.resolve("tls.crt");
    var key = directory.resolve("tls.key");
    if (!Files.exists(certificate) || !Files.exists(key)) {
      return Optional.empty();
    }
    return Optional.of(
        ClientIdentity.parse(
            directory.toString(), Files.readString(certificate), Files.readString(key)));
  }
}
