package dev.stagewright.registry.auth;

import dev.stagewright.registry.host.Endpoint;
import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether credentials may go to the token service that a registry names. A registry is free to name
 * any, so a hostile one could have us send secrets in the clear, or knock at private addresses.
 */
final class RealmCheck {
  private RealmCheck() {}

  /** Why not; empty if they may. */
  static Optional<String> objection(Endpoint registry, URI realm) {
    var host = Optional.ofNullable(realm.getHost());
    var scheme = Optional.ofNullable(realm.getScheme()).orElse("").toLowerCase(Locale.ROOT);
    if (host.isEmpty() || !(scheme.equals("https") || scheme.equals("http"))) {
      return Optional.of("its address is malformed");
    }
    if (scheme.equals("http") && registry.origin().getScheme().equals("https")) {
      return Optional.of("it is reached by http though the registry is reached by https");
    }
    var own = registry.origin().getHost();
    if (isPrivate(host.get()) && !host.get().equals(own) && !isPrivate(own)) {
      return Optional.of("it is at a private address though the registry is not");
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
