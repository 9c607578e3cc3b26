package dev.stagewright.controller.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.stagewright.controller.health.Readiness;
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
   * Starts the server.
   *
   * @param port to listen on; 0 for any free port
   * @param metrics in the text format of Prometheus
   * @param healthy whether the process is alive
   * @param ready whether the operator is ready to reconcile, and why not
   * @throws IOException if the port cannot be opened
   */
  public static HttpEndpoint start(
      int port, Supplier<String> metrics, BooleanSupplier healthy, Supplier<Readiness.Report> ready)
      throws IOException {
    var server = HttpServer.create(new InetSocketAddress(port), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/metrics", exchange -> respond(exchange, OK, metrics.get()));
    server.createContext("/healthz", exchange -> respond(exchange, health(healthy)));
    server.createContext("/readyz", exchange -> respond(exchange, ready.get()));
    server.start();
    return new HttpEndpoint(server);
  }

  /** The port that the server listens on. */
  public int port() {
    return server.getAddress().getPort();
  }

  private static Readiness.Report health(BooleanSupplier check) {
    var isOk = check.getAsBoolean();
    return new Readiness.Report(isOk, isOk ? "ok\n" : "not ok\n");
  }

  private static void respond(HttpExchange exchange, Readiness.Report report) throws IOException {
    respond(exchange, report.isReady() ? OK : UNAVAILABLE, report.text());
  }

  private static void respond(HttpExchange exchange, int code, String text) throws IOException {
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
