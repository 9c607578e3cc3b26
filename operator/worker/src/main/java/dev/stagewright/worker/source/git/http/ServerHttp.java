package dev.stagewright.worker.source.git.http;

import dev.stagewright.registry.http.HttpTransport;
import dev.stagewright.registry.http.RedirectingTransport;
import dev.stagewright.registry.http.Request;
import dev.stagewright.registry.http.Response;
import dev.stagewright.registry.http.Timeouts;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Sends HTTP requests for one git server. Requests to other servers, to which it redirects, have
 * neither its credentials nor the client certificate.
 */
public final class ServerHttp implements AutoCloseable {
  private static final int NO_PORT = -1;
  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;

  private final URI server;
  private final HttpSettings settings;
  private final Optional<String> bearerToken;
  private final HttpTransport transport;
  private final Queue<Response> responses = new ConcurrentLinkedQueue<>();
  private final AtomicReference<Optional<String>> otherServer =
      new AtomicReference<>(Optional.empty());

  /**
   * Creates the connections. They live until they are closed.
   *
   * @param server an address of the server
   * @param bearerToken the token for the server; empty for none
   * @param timeout the timeout of connecting, and of each wait for data
   */
  public ServerHttp(
      URI server, HttpSettings settings, Optional<String> bearerToken, Duration timeout) {
    this.server = server;
    this.settings = settings;
    this.bearerToken = bearerToken;
    this.transport = new HttpTransport(new Timeouts(timeout, timeout, timeout), settings.proxies());
  }

  /**
   * Sends a request.
   *
   * @param authorization the header for the server; empty for the token, if there is one
   */
  public Response send(Request request, Optional<String> authorization) throws IOException {
    var response =
        isServer(request.uri())
            ? transport.send(
                settings.toServer(),
                request,
                authorization.or(() -> bearerToken.map(token -> "Bearer " + token)))
            : sendToOther(request);
    responses.add(response);
    return response;
  }

  private Response sendToOther(Request request) throws IOException {
    otherServer.set(Optional.of(request.uri().getHost()));
    return transport.send(settings.toOtherServer(), request, Optional.empty());
  }

  /** The last server that was sent a request without credentials; empty for none. */
  public Optional<String> otherServer() {
    return Objects.requireNonNull(otherServer.get());
  }

  /** Whether an address is one of the server. It may have moved from http to https. */
  public boolean isServer(URI address) {
    return RedirectingTransport.isSameOrigin(server, address)
        || (isDefault(server, "http", HTTP_PORT)
            && isDefault(address, "https", HTTPS_PORT)
            && server.getHost().equalsIgnoreCase(address.getHost()));
  }

  private static boolean isDefault(URI address, String scheme, int port) {
    return address.getScheme().equalsIgnoreCase(scheme)
        && (address.getPort() == NO_PORT || address.getPort() == port);
  }

  /** JGit does not close responses that it has no use for. */
  @Override
  public void close() {
    for (var response : responses) {
      try {
        response.close();
      } catch (IOException _) {
        // The connection ends with the transport.
      }
    }
    transport.close();
  }
}
