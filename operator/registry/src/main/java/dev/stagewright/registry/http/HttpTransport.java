package dev.stagewright.registry.http;

import dev.stagewright.registry.proxy.ProxyAddress;
import dev.stagewright.registry.proxy.ProxyEnvironment;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Sends single requests over HTTP/1.1, which is best for uploads: each has its own connection, and
 * no flow-control window limits it.
 */
public final class HttpTransport implements AutoCloseable {
  private static final String USER_AGENT = "stagewright";

  private final HttpClients clients;
  private final ProxyEnvironment proxies;
  private final Timeouts timeouts;

  /**
   * Creates a transport. Its connections live until it is closed.
   *
   * @param proxies the proxies for connections without a proxy of their own
   */
  public HttpTransport(Timeouts timeouts, ProxyEnvironment proxies) {
    this.timeouts = timeouts;
    this.proxies = proxies;
    this.clients = new HttpClients(timeouts.connect());
  }

  /**
   * Sends a request and waits for the headers of the response.
   *
   * @param connection the connection settings of the request's host
   * @param authorization the value of the header; empty for none
   * @throws IOException if no response arrives in time
   */
  public Response send(Connection connection, Request request, Optional<String> authorization)
      throws IOException {
    var proxy = connection.proxy().or(() -> proxies.proxy(request.uri()));
    try (var timer = new IdleTimer(timeouts.idle());
        var body = new RequestBody(request.body(), timeouts, timer)) {
      timer.await(timeouts.idle());
      var message = build(request, authorization, proxy, body);
      var running =
          clients
              .get(request.uri(), connection.tls(), proxy)
              .sendAsync(message, BodyHandlers.ofInputStream());
      timer.onExpiry(() -> running.cancel(true));
      return response(request, await(running, timer, request));
    }
  }

  private static HttpRequest build(
      Request request,
      Optional<String> authorization,
      Optional<ProxyAddress> proxy,
      RequestBody body) {
    var builder =
        HttpRequest.newBuilder(request.uri())
            .method(request.method(), body.publisher())
            .header("User-Agent", USER_AGENT);
    request.headers().forEach(builder::header);
    authorization.ifPresent(value -> builder.header("Authorization", value));
    proxy
        .flatMap(ProxyAddress::authorization)
        .ifPresent(value -> builder.header("Proxy-Authorization", value));
    return builder.build();
  }

  private static HttpResponse<InputStream> await(
      CompletableFuture<HttpResponse<InputStream>> running, IdleTimer timer, Request request)
      throws IOException {
    try {
      return running.get();
    } catch (InterruptedException _) {
      running.cancel(true);
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    } catch (CancellationException | ExecutionException e) {
      if (timer.isExpired()) {
        var host = request.uri().getRawAuthority();
        throw new HttpTimeoutException("no response in time from " + host);
      }
      throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
    }
  }

  private Response response(Request request, HttpResponse<InputStream> response) {
    return new Response(
        request.uri(),
        response.statusCode(),
        response.headers(),
        new IdleTimeoutInputStream(response.body(), timeouts.idle()));
  }

  @Override
  public void close() {
    clients.close();
  }
}
