package dev.stagewright.registry.proxy;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The proxies that a process is told of by its environment. A variable in lower case wins over the
 * same in upper case, and an empty one is none.
 *
 * @param http for addresses by http
 * @param https for addresses by https
 * @param direct what is reached without a proxy
 */
public record ProxyEnvironment(
    Optional<ProxyAddress> http, Optional<ProxyAddress> https, List<ProxyBypass> direct) {
  /** No proxies. */
  public static final ProxyEnvironment NONE =
      new ProxyEnvironment(Optional.empty(), Optional.empty(), List.of());

  public ProxyEnvironment {
    direct = List.copyOf(direct);
  }

  /**
   * Reads {@code HTTP_PROXY}, {@code HTTPS_PROXY} and {@code NO_PROXY}.
   *
   * @throws IllegalArgumentException if one is malformed; it names the variable
   */
  public static ProxyEnvironment of(Map<String, String> environment) {
    var direct =
        variable(environment, "NO_PROXY").stream()
            .flatMap(list -> Stream.of(list.split("[,\\s]+")))
            .filter(entry -> !entry.isEmpty())
            .map(ProxyBypass::parse)
            .toList();
    return new ProxyEnvironment(
        variable(environment, "HTTP_PROXY").map(text -> ProxyAddress.parse("HTTP_PROXY", text)),
        variable(environment, "HTTPS_PROXY").map(text -> ProxyAddress.parse("HTTPS_PROXY", text)),
        direct);
  }

  private static Optional<String> variable(Map<String, String> environment, String name) {
    return Stream.of(name.toLowerCase(Locale.ROOT), name)
        .flatMap(key -> Optional.ofNullable(environment.get(key)).stream())
        .map(String::strip)
        .filter(text -> !text.isEmpty())
        .findFirst();
  }

  /** The proxy on the way there; empty for none. What is on the loopback has none. */
  public Optional<ProxyAddress> proxy(URI target) {
    var proxy = target.getScheme().equalsIgnoreCase("https") ? https : http;
    return proxy.filter(_ ->
        !ProxyBypass.isLoopback(target.getHost())
            && direct.stream().noneMatch(entry -> entry.covers(target)));
  }
}
