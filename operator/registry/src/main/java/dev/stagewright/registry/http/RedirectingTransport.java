package dev.stagewright.registry.http;

import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Follows redirects: of read requests, which registries send to the object store that has a blob,
 * and of other requests if the status says that method and body are kept. Credentials are sent only
 * to the origin that they belong to, and redirects from https to http are rejected.
 */
public final class RedirectingTransport {
  private static final Set<Integer> READ_REDIRECTS = Set.of(301, 302, 303, 307, 308);
  private static final Set<Integer> METHOD_PRESERVING_REDIRECTS = Set.of(307, 308);
  private static final Set<String> READ_METHODS = Set.of("GET", "HEAD");
  private static final int MAX_REDIRECTS = 5;

  private final HttpTransport transport;

  /** Creates a transport. */
  public RedirectingTransport(HttpTransport transport) {
    this.transport = transport;
  }

  /**
   * Sends a request that does not belong to a registry.
   *
   * @param authorization the authorization for the request's origin only
   * @throws IOException if there is no response, there are too many redirects, or a redirect is not
   *     allowed
   */
  public Response send(Request request, Optional<String> authorization) throws IOException {
    return send(request.uri(), Connection.DEFAULT, request, authorization);
  }

  /**
   * Sends a request of a call to a registry, possibly to another address that the registry named.
   *
   * @param origin the origin of the registry
   * @param connection the connection settings of the registry
   * @param authorization the authorization for the registry's origin only
   * @throws IOException if there is no response, there are too many redirects, or a redirect is not
   *     allowed
   */
  public Response send(
      URI origin, Connection connection, Request request, Optional<String> authorization)
      throws IOException {
    var redirects =
        READ_METHODS.contains(request.method()) ? READ_REDIRECTS : METHOD_PRESERVING_REDIRECTS;
    var current = request;
    for (var redirect = 0; redirect <= MAX_REDIRECTS; redirect++) {
      var isSameOrigin = isSameOrigin(origin, current.uri());
      var response =
          transport.send(
              isSameOrigin ? connection : connection.forOtherHosts(),
              current,
              isSameOrigin ? authorization : Optional.empty());
      if (!redirects.contains(response.status())) {
        return response;
      }
      try (response) {
        current = current.to(target(response));
      }
    }
    throw new IOException("more than " + MAX_REDIRECTS + " redirects");
  }

  /** Whether scheme, host and port are equal. */
  public static boolean isSameOrigin(URI one, URI other) {
    return one.getScheme().equalsIgnoreCase(other.getScheme())
        && one.getHost().equalsIgnoreCase(other.getHost())
        && port(one) == port(other);
  }

  private static int port(URI uri) {
    if (uri.getPort() >= 0) {
      return uri.getPort();
    }
    return uri.getScheme().equalsIgnoreCase("https") ? 443 : 80;
  }

  private static URI target(Response response) throws IOException {
    var location =
        response
            .header("Location")
            .orElseThrow(() -> new IOException("a redirect without a Location header"));
    URI target;
    try {
      target = response.uri().resolve(location);
    } catch (IllegalArgumentException _) {
      // The cause would quote the address, which may be signed.
      throw new IOException("a redirect to a malformed address");
    }
    var scheme = Optional.ofNullable(target.getScheme()).orElse("").toLowerCase(Locale.ROOT);
    var isWeb = scheme.equals("http") || scheme.equals("https");
    if (!isWeb || target.getHost() == null) {
      throw new IOException("a redirect to an address that is not http or https");
    }
    if (scheme.equals("http") && response.uri().getScheme().equalsIgnoreCase("https")) {
      throw new IOException("a redirect from https to http, to " + target.getRawAuthority());
    }
    return target;
  }
}
