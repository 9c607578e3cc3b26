package dev.stagewright.registry.host;

import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.registry.http.Connection;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The table of registry hosts.
 *
 * <p>A registry that the table does not list is reached by https; one on the loopback interface by
 * plain http, because it rarely has a certificate. The API of {@code docker.io} is at {@code
 * registry-1.docker.io}.
 */
public final class RegistryHosts {
  private static final Map<String, String> ALIASES = Map.of("docker.io", "registry-1.docker.io");
  private static final Pattern LOOPBACK =
      Pattern.compile("(localhost|127(\\.[0-9]{1,3}){3}|\\[::1])(:[0-9]+)?");

  private final Map<String, RegistryHost> byHost;

  private RegistryHosts(Map<String, RegistryHost> byHost) {
    this.byHost = byHost;
  }

  /** Creates a table; of duplicate hosts, the last one applies. */
  public static RegistryHosts of(List<RegistryHost> hosts) {
    return new RegistryHosts(
        hosts.stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    RegistryHost::host, Function.identity(), (_, later) -> later)));
  }

  /** Creates an empty table. */
  public static RegistryHosts defaults() {
    return of(List.of());
  }

  /** Applies the rewrite rule with the longest matching path. The result is not rewritten again. */
  public ImageReference rewritten(ImageReference image) {
    return entry(image.registry()).map(RegistryHost::rewrites).orElse(List.of()).stream()
        .sorted(Comparator.comparingInt((Rewrite rule) -> rule.path().length()).reversed())
        .flatMap(rule -> rule.apply(image).stream())
        .findFirst()
        .orElse(image);
  }

  /** The largest number of bytes per request to a registry; empty for no known limit. */
  public Optional<Long> chunkSize(String registry) {
    return entry(registry).flatMap(RegistryHost::chunkSize);
  }

  /** Returns the names under which to look for an image: at its mirrors, then its own name. */
  public List<ImageReference> candidates(ImageReference image) {
    var mirrors = entry(image.registry()).map(RegistryHost::mirrors).orElse(List.of());
    return Stream.concat(mirrors.stream().map(m -> m.rewrite(image)), Stream.of(image)).toList();
  }

  /** Returns the endpoint of a registry, not of its mirrors. */
  public Endpoint endpoint(String registry) {
    var plain = entry(registry).map(RegistryHost::plainHttp).orElse(isLoopback(registry));
    var authority = ALIASES.getOrDefault(registry, registry);
    return new Endpoint(
        registry,
        URI.create((plain ? "http" : "https") + "://" + authority),
        entry(registry).map(RegistryHost::connection).orElse(Connection.DEFAULT));
  }

  private Optional<RegistryHost> entry(String host) {
    return Optional.ofNullable(byHost.get(host));
  }

  private static boolean isLoopback(String registry) {
    return LOOPBACK.matcher(registry).matches();
  }
}
