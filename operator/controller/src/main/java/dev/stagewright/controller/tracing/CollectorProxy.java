package dev.stagewright.controller.tracing;

import java.net.URI;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Selects the HTTP proxy for the collector, by the usual variables in upper or lower case.
 *
 * @param environment of the operator
 */
record CollectorProxy(Map<String, String> environment) {

  /**
   * The proxy for a URL; empty for a direct connection.
   *
   * @throws IllegalArgumentException if the variable is not a URL; the message names it
   */
  Optional<URI> of(URI url) {
    var variable = url.getScheme().equals("https") ? "HTTPS_PROXY" : "HTTP_PROXY";
    return value(variable).filter(_ -> !isExcluded(url.getHost())).map(it -> proxy(variable, it));
  }

  private static URI proxy(String variable, String value) {
    try {
      var proxy = URI.create(value.contains("://") ? value : "http://" + value);
      if (proxy.getHost() != null) {
        return proxy;
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(variable + " is not a URL", e);
    }
    throw new IllegalArgumentException(variable + " must be a URL such as http://proxy:3128");
  }

  /** Entries are host names, which include their subdomains, or {@code *}. */
  private boolean isExcluded(String host) {
    return Arrays.stream(value("NO_PROXY").orElse("").split(","))
        .map(entry -> entry.strip().replaceFirst("^\\*?\\.", "").replaceFirst(":\\d+$", ""))
        .filter(entry -> !entry.isEmpty())
        .anyMatch(entry ->
            entry.equals("*")
                || host.equalsIgnoreCase(entry)
                || host.toLowerCase(Locale.ROOT).endsWith("." + entry.toLowerCase(Locale.ROOT)));
  }

  private Optional<String> value(String name) {
    return Optional.ofNullable(environment.get(name))
        .or(() -> Optional.ofNullable(environment.get(name.toLowerCase(Locale.ROOT))))
        .map(String::strip)
        .filter(it -> !it.isEmpty());
  }
}
