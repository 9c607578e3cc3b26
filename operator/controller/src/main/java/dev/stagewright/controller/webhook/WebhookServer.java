package dev.stagewright.controller.webhook;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.stagewright.controller.cluster.Cluster;
import dev.stagewright.controller.config.OperatorConfig;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * The HTTP server of the receiver. Each request has a limited size and time, and each address a
 * limited number of requests.
 */
public final class WebhookServer implements AutoCloseable {
  private static final String NAME = "[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?";
  private static final Pattern PATH = Pattern.compile("/webhooks/(" + NAME + ")/(" + NAME + ")");
  private static final Pattern LENGTH = Pattern.compile("[0-9]{1,9}");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAX_ADDRESSES = 10_000;
  private static final int MAX_CONCURRENT = 8;

  private final HttpServer server;
  private final WebhookHandler handler;
  private final Limits limits;
  private final WebhookMetrics metrics;
  private final RateLimiter perAddress;
  private final Semaphore concurrent = new Semaphore(MAX_CONCURRENT);
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("webhook-timer").factory());

  /**
   * Limits of requests.
   *
   * @param body largest body in bytes
   * @param time time for a request from its headers to the answer
   * @param refusal shortest time until a request is refused, so that the time does not show which
   *     ImageBuilds exist
   * @param burst number of requests that are accepted from an address at once
   * @param refill time until a further request is accepted from the address
   */
  record Limits(int body, Duration time, Duration refusal, int burst, Duration refill) {
    static final Limits DEFAULT =
        new Limits(
            4 << 20, Duration.ofSeconds(10), Duration.ofMillis(250), 100, Duration.ofMillis(200));
  }

  WebhookServer(
      int port, WebhookTargets targets, Limits limits, MeterRegistry registry, InstantSource clock)
      throws IOException {
    this.handler = new WebhookHandler(targets, clock);
    this.limits = limits;
    this.metrics = new WebhookMetrics(registry);
    this.perAddress = new RateLimiter(limits.burst(), limits.refill(), MAX_ADDRESSES, clock);
    this.server = HttpServer.create(new InetSocketAddress(port), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::serve);
    server.start();
  }

  /**
   * Starts the receiver.
   *
   * @throws IOException if the port cannot be opened
   */
  public static WebhookServer start(
      OperatorConfig config,
      KubernetesClient client,
      Cluster cluster,
      MeterRegistry registry,
      Clock clock)
      throws IOException {
    var targets =
        new KubernetesWebhookTargets(
            client, cluster, config.watchNamespaces(), config.operatorName(), clock);
    return new WebhookServer(config.webhookPort(), targets, Limits.DEFAULT, registry, clock);
  }

  /** The port that the server listens on. */
  public int port() {
    return server.getAddress().getPort();
  }

  private void serve(HttpExchange exchange) throws IOException {
    var began = System.nanoTime();
    // Closing the exchange interrupts a read from a sender that is too slow.
    var timeout = timer.schedule(exchange::close, limits.time().toMillis(), TimeUnit.MILLISECONDS);
    try (exchange) {
      var path = PATH.matcher(exchange.getRequestURI().getRawPath());
      var headers = headers(exchange);
      WebhookAnswer answer;
      if (!path.matches()) {
        answer = WebhookAnswer.refused(404, "path", "the path is /webhooks/NAMESPACE/NAME");
      } else if (!exchange.getRequestMethod().equals("POST")) {
        answer = WebhookAnswer.refused(405, "method", "use POST");
      } else if (!perAddress.accepts(exchange.getRemoteAddress().getAddress().getHostAddress())) {
        answer = WebhookAnswer.refused(429, "rate_limited", "too many requests from this address");
      } else if (!concurrent.tryAcquire()) {
        answer = WebhookAnswer.refused(503, "busy", "too many requests at the same time");
      } else {
        try {
          answer = receive(exchange, path.group(1), path.group(3), headers);
        } finally {
          concurrent.release();
        }
      }
      if (answer.equals(WebhookAnswer.UNAUTHORIZED)) {
        awaitRefusal(began);
      }
      metrics.record(sender(headers), answer);
      respond(exchange, answer);
    } catch (IOException e) {
      metrics.record("none", WebhookAnswer.refused(408, "incomplete", "the request is incomplete"));
      throw e;
    } finally {
      timeout.cancel(false);
    }
  }

  private WebhookAnswer receive(
      HttpExchange exchange, String namespace, String name, Map<String, String> headers)
      throws IOException {
    var length = Optional.ofNullable(headers.get("content-length")).orElse("0");
    if (!LENGTH.matcher(length).matches() || Integer.parseInt(length) > limits.body()) {
      return tooLarge();
    }
    var body = exchange.getRequestBody().readNBytes(limits.body() + 1);
    if (body.length > limits.body()) {
      return tooLarge();
    }
    return handler.handle(new Delivery(namespace, name, headers, body));
  }

  private WebhookAnswer tooLarge() {
    return WebhookAnswer.refused(
        413, "too_large", "the body is larger than %d bytes".formatted(limits.body()));
  }

  /** The time of a refusal depends neither on the ImageBuild nor on the Secret. */
  private void awaitRefusal(long began) {
    var left = limits.refusal().toNanos() - (System.nanoTime() - began);
    if (left > 0) {
      try {
        TimeUnit.NANOSECONDS.sleep(left);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static Map<String, String> headers(HttpExchange exchange) {
    var headers = new HashMap<String, String>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
    return headers;
  }

  private static String sender(Map<String, String> headers) {
    return Sender.of(new Delivery("", "", headers, new byte[0])).map(Sender::title).orElse("none");
  }

  private static void respond(HttpExchange exchange, WebhookAnswer answer) throws IOException {
    var text = new TreeMap<>(Map.of("outcome", answer.outcome(), "reason", answer.reason()));
    var body = JSON.writeValueAsBytes(text);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(answer.status(), body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
    timer.shutdownNow();
  }
}
