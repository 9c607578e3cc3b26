package dev.stagewright.registry.proxy;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/**
 * The address of an HTTP proxy. Its text form contains no password.
 *
 * @param host the name or IP address
 * @param port the TCP port
 * @param userInfo {@code user:password}, decoded; empty for none
 */
public record ProxyAddress(String host, int port, Optional<String> userInfo) {
  private static final int DEFAULT_PORT = 80;

  /**
   * Parses {@code [http://][user:password@]host[:port]}.
   *
   * @param name the name of the setting, for error messages
   * @throws IllegalArgumentException if the text has another form; the message does not quote it
   */
  public static ProxyAddress parse(String name, String text) {
    var uri = uri(name, text.contains("://") ? text : "http://" + text);
    var scheme = Optional.ofNullable(uri.getScheme()).orElse("").toLowerCase(Locale.ROOT);
    var host = Optional.ofNullable(uri.getHost()).orElse("");
    if (!scheme.equals("http") || host.isEmpty()) {
      throw malformed(name);
    }
    var port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
    return new ProxyAddress(host, port, Optional.ofNullable(uri.getUserInfo()));
  }

  private static URI uri(String name, String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException _) {
      throw malformed(name);
    }
  }

  private static IllegalArgumentException malformed(String name) {
    return new IllegalArgumentException(
        name + " is not of the form http://[user:password@]host:port");
  }

  /** Returns the value of the {@code Proxy-Authorization} header; empty for none. */
  public Optional<String> authorization() {
    return userInfo.map(pair ->
        "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
  }

  @Override
  public String toString() {
    return userInfo.map(_ -> "***@").orElse("") + host + ":" + port;
  }
}
