package dev.stagewright.registry.auth;

import dev.stagewright.registry.host.Endpoint;
import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * Checks whether credentials may be sent to the token service that a registry names. A hostile
 * registry could otherwise make the client send secrets unencrypted, or connect to private
 * addresses.
 */
final class RealmCheck {
  private RealmCheck() {}

  /** Returns the reason why credentials must not be sent; empty if they may be sent. */
  static Optional<String> objection(Endpoint registry, URI realm) {
    var host = Optional.ofNullable(realm.getHost());
    var scheme = Optional.ofNullable(realm.getScheme()).orElse("").toLowerCase(Locale.ROOT);
    if (host.isEmpty() || !(scheme.equals("https") || scheme.equals("http"))) {
      return Optional.of("its address is malformed");
    }
    if (scheme.equals("http") && registry.origin().getScheme().equals("https")) {
      return Optional.of("the token service uses http although the registry uses https");
    }
    var registryHost = registry.origin().getHost();
    if (isPrivate(host.get()) && !host.get().equals(registryHost) && !isPrivate(registryHost)) {
      return Optional.of("the token service has a private address although the registry does not");
    }
    return Optional.empty();
  }

  private static boolean isPrivate(String host) {
    if (host.equalsIgnoreCase("localhost")) {
      return true;
    }
    try {
      var address = InetAddress.ofLiteral(host);
      return address.isLoopbackAddress()
          || address.isLinkLocalAddress()
          || address.isSiteLocalAddress()
          || address.isAnyLocalAddress();
    } catch (IllegalArgumentException _) {
      return false;
    }
  }
}
