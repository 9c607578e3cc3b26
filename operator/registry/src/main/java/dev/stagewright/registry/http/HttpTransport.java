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
 * One exchange over HTTP/1.1, which serves uploads best: each has a connection of its own, and no
 * window holds it back.
 */
public final class HttpTransport implements AutoCloseable {
  private static final String USER_AGENT = "stagewright";

  private final HttpClients clients;
  private final ProxyEnvironment proxies;
  private final Timeouts timeouts;

  /** A transport that goes through no proxies. */
  public HttpTransport(Timeouts timeouts) {
    this(timeouts, ProxyEnvironment.NONE);
  }

  /**
   * A transport with connections of its own, which live until it is closed.
   *
   * @param proxies where a connection names none
   */
  public HttpTransport(Timeouts timeouts, ProxyEnvironment proxies) {
    this.timeouts = timeouts;
    this.proxies = proxies;
    this.clients = new HttpClients(timeouts.connect());
  }

  /**
   * Sends a request and waits for the head of its answer.
   *
   * @param connection how to connect to the request's host
   * @param authorization the header's value; empty for none
   * @throws IOException if there is no answer, or none in time
   */
  public Response send(Connection connection, Request request, Optional<String> authorization)
      throws IOException {
    var proxy = connection.proxy().or(() -> proxies.proxy(request.uri()));
    try (var timer = new IdleTimer(timeouts.idle());
        var body = new RequestBody(request.body(), timeouts, timer)) {
      timer.await(timeouts.idle());
      var message = build(request, authorization, proxy, body);
      var running =
          clients.get(connection.tls(), proxy).sendAsync(message, BodyHandlers.ofInputStream());
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
        throw new HttpTimeoutException("no answer in time from " + host);
      }
      throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
    }
  }

  private Response response(Request request, HttpResponse<InputStream> answer) {
    return new Response(
        request.uri(),
        answer.statusCode(),
        answer.headers(),
        new IdleTimeoutInputStream(answer.body(), timeouts.idle()));
  }

  @Override
  public void close() {
    clients.close();
  }
}
