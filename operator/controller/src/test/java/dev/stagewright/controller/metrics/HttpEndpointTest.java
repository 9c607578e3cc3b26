package dev.stagewright.controller.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.controller.health.Readiness.Report;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpEndpointTest {
  private final AtomicReference<Report> ready =
      new AtomicReference<>(new Report(false, "[-]crd failed\n"));
  private HttpEndpoint endpoint;

  @BeforeEach
  void start() throws IOException {
    endpoint = HttpEndpoint.start(0, () -> "builds 1\n", () -> true, ready::get);
  }

  @AfterEach
  void stop() {
    endpoint.close();
  }

  @Test
  void servesMetrics() throws Exception {
    assertThat(get("/metrics").body()).isEqualTo("builds 1\n");
  }

  @Test
  void isAliveFromStart() throws Exception {
    assertThat(get("/healthz").statusCode()).isEqualTo(200);
  }

  @Test
  void reportsReadiness() throws Exception {
    assertThat(get("/readyz").statusCode()).isEqualTo(503);
    assertThat(get("/readyz").body()).isEqualTo("[-]crd failed\n");
    ready.set(new Report(true, "[+]crd ok\n"));
    assertThat(get("/readyz").statusCode()).isEqualTo(200);
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    try (var client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create("http://localhost:" + endpoint.port() + path))
              .timeout(Duration.ofSeconds(10))
              .build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }
}
