package dev.stagewright.registry.http;

import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Follows redirects: of reads, as registries send to the object store that holds a blob, and of
 * anything where the answer says that method and body stay. Credentials stay with the origin that
 * they were meant for, and https is never left for http.
 */
public final class RedirectingTransport {
  private static final Set<Integer> READ_REDIRECTS = Set.of(301, 302, 303, 307, 308);
  private static final Set<Integer> METHOD_PRESERVING_REDIRECTS = Set.of(307, 308);
  private static final Set<String> READ_METHODS = Set.of("GET", "HEAD");
  private static final int MAX_REDIRECTS = 5;

  private final HttpTransport transport;

  /** Sends over this transport. */
  public RedirectingTransport(HttpTransport transport) {
    this.transport = transport;
  }

  /**
   * Sends a request that belongs to nothing but its own address.
   *
   * @param authorization for the request's origin only
   * @throws IOException if there is no answer, or redirects do not end or are not to be followed
   */
  public Response send(Request request, Optional<String> authorization) throws IOException {
    return send(request.uri(), Connection.DEFAULT, request, authorization);
  }

  /**
   * Sends a request of a call to a registry, perhaps to another address that it named.
   *
   * @param origin of the registry
   * @param connection to the registry
   * @param authorization for the registry's origin only
   * @throws IOException if there is no answer, or redirects do not end or are not to be followed
   */
  public Response send(
      URI origin, Connection connection, Request request, Optional<String> authorization)
      throws IOException {
    var followed =
        READ_METHODS.contains(request.method()) ? READ_REDIRECTS : METHOD_PRESERVING_REDIRECTS;
    var current = request;
    for (var hop = 0; hop <= MAX_REDIRECTS; hop++) {
      var isOwn = isSameOrigin(origin, current.uri());
      var response =
          transport.send(
              isOwn ? connection : connection.elsewhere(),
              current,
              isOwn ? authorization : Optional.empty());
      if (!followed.contains(response.status())) {
        return response;
      }
      try (response) {
        current = current.to(target(response));
      }
    }
    throw new IOException("more than " + MAX_REDIRECTS + " redirects");
  }

  /** Whether scheme, host and port are the same. */
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
            .orElseThrow(() -> new IOException("a redirect without Location"));
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
      throw new IOException("a redirect to an address that is not on the web");
    }
    if (scheme.equals("http") && response.uri().getScheme().equalsIgnoreCase("https")) {
      throw new IOException("a redirect from https to http, to " + target.getRawAuthority());
    }
    return target;
  }
}
