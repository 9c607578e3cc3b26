package dev.stagewright.registry.proxy;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The proxies in a process's environment variables. A variable in lower case takes precedence over
 * the same variable in upper case; an empty variable is ignored.
 *
 * @param http the proxy for http
 * @param https the proxy for https
 * @param bypasses the hosts that are reached without a proxy
 */
public record ProxyEnvironment(
    Optional<ProxyAddress> http, Optional<ProxyAddress> https, List<ProxyBypass> bypasses) {
  /** No proxies. */
  public static final ProxyEnvironment NONE =
      new ProxyEnvironment(Optional.empty(), Optional.empty(), List.of());

  public ProxyEnvironment {
    bypasses = List.copyOf(bypasses);
  }

  /**
   * Parses {@code HTTP_PROXY}, {@code HTTPS_PROXY} and {@code NO_PROXY}.
   *
   * @throws IllegalArgumentException if a variable is malformed; the message names the variable
   */
  public static ProxyEnvironment of(Map<String, String> environment) {
    var bypasses =
        variable(environment, "NO_PROXY").stream()
            .flatMap(list -> Stream.of(list.split("[,\\s]+")))
            .filter(entry -> !entry.isEmpty())
            .map(ProxyBypass::parse)
            .toList();
    return new ProxyEnvironment(
        variable(environment, "HTTP_PROXY").map(text -> ProxyAddress.parse("HTTP_PROXY", text)),
        variable(environment, "HTTPS_PROXY").map(text -> ProxyAddress.parse("HTTPS_PROXY", text)),
        bypasses);
  }

  private static Optional<String> variable(Map<String, String> environment, String name) {
    return Stream.of(name.toLowerCase(Locale.ROOT), name)
        .flatMap(key -> Optional.ofNullable(environment.get(key)).stream())
        .map(String::strip)
        .filter(text -> !text.isEmpty())
        .findFirst();
  }

  /** Returns the proxy for an address; empty for none. Loopback addresses have no proxy. */
  public Optional<ProxyAddress> proxy(URI target) {
    var proxy = target.getScheme().equalsIgnoreCase("https") ? https : http;
    return proxy.filter(_ ->
        !ProxyBypass.isLoopback(target.getHost())
            && bypasses.stream().noneMatch(entry -> entry.matches(target)));
  }
}
