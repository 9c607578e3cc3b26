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
 * Turns a request's table of hosts, and the certificates that are mounted for it, into the
 * client's.
 *
 * @param certificates folder of folders, which entries name; may be missing
 */
record HostTable(Path certificates) {

  /**
   * The client's table.
   *
   * @param destinations may bring certificates to trust for their registries
   * @throws IOException if a certificate or key cannot be read; it names the file
   * @throws IllegalArgumentException if something else of an entry is malformed
   */
  RegistryHosts of(List<BuildRequest.RegistryHost> entries, List<Destination> destinations)
      throws IOException {
    var trusted = trusted(destinations);
    var hosts = new ArrayList<RegistryHost>();
    for (var entry : with(entries, trusted.keySet())) {
      hosts.add(
          new RegistryHost(
              entry.host(),
              entry.plainHttp(),
              entry.mirror().map(Mirror::parse).stream().toList(),
              entry.rewrites().entrySet().stream()
                  .map(rule -> Rewrite.parse(rule.getKey(), rule.getValue()))
                  .toList(),
              connection(entry, trusted.getOrDefault(entry.host(), List.of())),
              entry.chunkSize()));
    }
    return RegistryHosts.of(hosts);
  }

  /** The entries, and one for each host that has none. */
  private static List<BuildRequest.RegistryHost> with(
      List<BuildRequest.RegistryHost> entries, Set<String> hosts) {
    var all = new ArrayList<>(entries);
    var known = entries.stream().map(BuildRequest.RegistryHost::host).collect(Collectors.toSet());
    hosts.stream()
        .filter(host -> !known.contains(host))
        .forEach(host -> all.add(new BuildRequest.RegistryHost(host, false, Optional.empty())));
    return all;
  }

  /** Certificates that destinations bring, by host; prepare has none of them. */
  private Map<String, List<X509Certificate>> trusted(List<Destination> destinations)
      throws IOException {
    var trusted = new LinkedHashMap<String, List<X509Certificate>>();
    for (var destination : destinations) {
      var file =
          destination.authorities().map(folder -> certificates.resolve(folder).resolve("ca.crt"));
      if (file.isPresent() && Files.exists(file.get())) {
        trusted
            .computeIfAbsent(
                ImageReference.parse(destination.repository()).registry(), _ -> new ArrayList<>())
            .addAll(
                Certificates.parse(
                    destination.field() + ".caBundle", Files.readString(file.get())));
      }
    }
    return trusted;
  }

  private Connection connection(BuildRequest.RegistryHost entry, List<X509Certificate> trusted)
      throws IOException {
    var proxy =
        entry
            .proxy()
            .map(address -> ProxyAddress.parse("the proxy of registry " + entry.host(), address));
    var authorities = new ArrayList<>(trusted);
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
