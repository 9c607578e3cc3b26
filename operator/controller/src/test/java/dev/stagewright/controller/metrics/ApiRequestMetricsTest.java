package dev.stagewright.controller.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.stagewright.controller.support.FakeApiServer;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiRequestMetricsTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  @ParameterizedTest
  @CsvSource({"500, true", "429, true", "403, true", "404, false", "409, false"})
  void countsUnexpectedAnswers(int code, boolean isFailure) throws IOException {
    try (var server = FakeApiServer.start(exchange -> exchange.sendResponseHeaders(code, -1));
        var client = client(server)) {
      var _ = catchThrowable(() -> client.pods().inNamespace("n").withName("p").get());
    }
    assertThat(failures(Integer.toString(code)) > 0).isEqualTo(isFailure);
  }

  @Test
  void countsRequestsWithoutAnAnswer() throws IOException {
    var server = FakeApiServer.start(_ -> {});
    try (var client = client(server)) {
      server.close();
      var _ = catchThrowable(() -> client.pods().inNamespace("n").withName("p").get());
    }
    assertThat(failures("none")).isPositive();
  }

  private double failures(String code) {
    var counter = registry.find("stagewright.api.errors").tag("code", code).counter();
    return counter == null ? 0 : counter.count();
  }

  private KubernetesClient client(FakeApiServer server) {
    return new KubernetesClientBuilder()
        .withConfig(
            new ConfigBuilder(server.client().getConfiguration())
                .withRequestRetryBackoffLimit(1)
                .withRequestRetryBackoffInterval(1)
                .build())
        .withHttpClientBuilderConsumer(http ->
            http.addOrReplaceInterceptor(ApiRequestMetrics.NAME, new ApiRequestMetrics(registry)))
        .build();
  }
}
