package dev.stagewright.registry.proxy;

import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An element of {@code NO_PROXY}: {@code *}, a domain including its subdomains, an IP address, or a
 * network such as {@code 10.0.0.0/8}, with an optional port.
 *
 * @param host the host or address in lower case, without a leading dot or {@code *.}
 * @param prefixLength the prefix length of a network
 * @param port the only port that matches; empty for all
 */
record ProxyBypass(String host, Optional<Integer> prefixLength, Optional<Integer> port) {
  private static final Pattern NETWORK = Pattern.compile("([0-9a-f.:]+)/([0-9]{1,3})");
  private static final Pattern PORT = Pattern.compile("(.*[^:]):([0-9]{1,5})");
  private static final String EVERYTHING = "*";

  static ProxyBypass parse(String text) {
    var entry = text.toLowerCase(Locale.ROOT);
    var network = NETWORK.matcher(entry);
    if (network.matches()) {
      var length = Integer.parseInt(network.group(2));
      return new ProxyBypass(network.group(1), Optional.of(length), Optional.empty());
    }
    var portMatcher = PORT.matcher(entry);
    var hasPort =
        portMatcher.matches() && (entry.startsWith("[") || !portMatcher.group(1).contains(":"));
    var host = hasPort ? portMatcher.group(1) : entry;
    return new ProxyBypass(
        host.equals(EVERYTHING) ? host : unbracketed(host).replaceFirst("^\\*?\\.", ""),
        Optional.empty(),
        hasPort ? Optional.of(Integer.parseInt(portMatcher.group(2))) : Optional.empty());
  }

  boolean matches(URI target) {
    var requestedHost = unbracketed(target.getHost().toLowerCase(Locale.ROOT));
    return port.filter(only -> only != port(target)).isEmpty() && matchesHost(requestedHost);
  }

  private boolean matchesHost(String requestedHost) {
    if (prefixLength.isPresent()) {
      return isInNetwork(requestedHost, prefixLength.get());
    }
    return host.equals(EVERYTHING)
        || requestedHost.equals(host)
        || requestedHost.endsWith("." + host);
  }

  private boolean isInNetwork(String requestedHost, int bits) {
    var network = literal(host).map(InetAddress::getAddress);
    var address = literal(requestedHost).map(InetAddress::getAddress);
    if (network.isEmpty() || address.isEmpty() || network.get().length != address.get().length) {
      return false;
    }
    var length = Math.min(bits, Byte.SIZE * network.get().length);
    for (var bit = 0; bit < length; bit++) {
      var mask = 0x80 >> bit % Byte.SIZE;
      var index = bit / Byte.SIZE;
      if (((network.get()[index] ^ address.get()[index]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }

  /** Names are not resolved: a proxy may know hosts that the resolver does not know. */
  private static Optional<InetAddress> literal(String host) {
    try {
      return Optional.of(InetAddress.ofLiteral(host));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  static boolean isLoopback(String host) {
    return host.equalsIgnoreCase("localhost")
        || literal(unbracketed(host)).filter(InetAddress::isLoopbackAddress).isPresent();
  }

  private static String unbracketed(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  private static int port(URI target) {
    if (target.getPort() >= 0) {
      return target.getPort();
    }
    return target.getScheme().equalsIgnoreCase("https") ? 443 : 80;
  }
}
