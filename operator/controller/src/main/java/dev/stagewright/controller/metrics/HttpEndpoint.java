package dev.stagewright.controller.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Serves {@code /metrics}, {@code /healthz} and {@code /readyz}. */
public final class HttpEndpoint implements AutoCloseable {
  private static final int OK = 200;
  private static final int UNAVAILABLE = 503;

  private final HttpServer server;

  private HttpEndpoint(HttpServer server) {
    this.server = server;
  }

  /**
   * Starts to serve.
   *
   * @param port 0 takes a free one
   * @param metrics in Prometheus' text format
   * @param healthy whether the process should live on
   * @param ready whether it does its work
   * @throws IOException if the port cannot be had
   */
  public static HttpEndpoint start(
      int port, Supplier<String> metrics, BooleanSupplier healthy, BooleanSupplier ready)
      throws IOException {
    var server = HttpServer.create(new InetSocketAddress(port), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/metrics", exchange -> answer(exchange, OK, metrics.get()));
    server.createContext("/healthz", exchange -> answer(exchange, healthy));
    server.createContext("/readyz", exchange -> answer(exchange, ready));
    server.start();
    return new HttpEndpoint(server);
  }

  /** The port that is served. */
  public int port() {
    return server.getAddress().getPort();
  }

  private static void answer(HttpExchange exchange, BooleanSupplier check) throws IOException {
    var isGood = check.getAsBoolean();
    answer(exchange, isGood ? OK : UNAVAILABLE, isGood ? "ok\n" : "not ok\n");
  }

  private static void answer(HttpExchange exchange, int code, String text) throws IOException {
    try (exchange) {
      var body = text.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
      exchange.sendResponseHeaders(code, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
