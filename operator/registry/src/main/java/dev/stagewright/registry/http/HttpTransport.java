package dev.stagewright.registry.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/**
 * One exchange over HTTP/1.1, which serves uploads best: each has a connection of its own, and no
 * window holds it back.
 */
public final class HttpTransport implements AutoCloseable {
  private static final String USER_AGENT = "stagewright";

  private final HttpClient client;
  private final Timeouts timeouts;

  /** A transport with connections of its own, which live until it is closed. */
  public HttpTransport(Timeouts timeouts) {
    this.timeouts = timeouts;
    this.client =
        HttpClient.newBuilder()
            .version(Version.HTTP_1_1)
            .followRedirects(Redirect.NEVER)
            .connectTimeout(timeouts.connect())
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
  }

  /**
   * Sends a request and waits for the head of its answer.
   *
   * @param authorization the header's value; empty for none
   * @throws IOException if there is no answer, or none in time
   */
  public Response send(Request request, Optional<String> authorization) throws IOException {
    try (var timer = new IdleTimer(timeouts.idle());
        var body = new RequestBody(request.body(), timeouts, timer)) {
      timer.await(timeouts.idle());
      var message = build(request, authorization, body);
      var running = client.sendAsync(message, BodyHandlers.ofInputStream());
      timer.onExpiry(() -> running.cancel(true));
      return response(request, await(running, timer, request));
    }
  }

  private static HttpRequest build(
      Request request, Optional<String> authorization, RequestBody body) {
    var builder =
        HttpRequest.newBuilder(request.uri())
            .method(request.method(), body.publisher())
            .header("User-Agent", USER_AGENT);
    request.headers().forEach(builder::header);
    authorization.ifPresent(value -> builder.header("Authorization", value));
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
        new WatchedInputStream(answer.body(), timeouts.idle()));
  }

  @Override
  public void close() {
    client.shutdownNow();
    client.close();
  }
}
