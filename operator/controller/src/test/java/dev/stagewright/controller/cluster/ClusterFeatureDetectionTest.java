package dev.stagewright.controller.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagewright.controller.config.OperatorConfig.RuntimeInjection;
import dev.stagewright.controller.support.FakeApiServer;
import dev.stagewright.controller.support.MovableClock;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Runs against an API server that fails. */
class ClusterFeatureDetectionTest {
  private final MovableClock clock = new MovableClock();
  private volatile int code = 200;
  private volatile String ready = "True";
  private FakeApiServer server;
  private ClusterFeatureDetection detection;

  @BeforeEach
  void start() throws IOException {
    server =
        FakeApiServer.start(exchange -> {
          var isVersion = exchange.getRequestURI().getPath().equals("/version");
          var body = isVersion ? "{\"major\": \"1\", \"minor\": \"36\"}" : nodes(ready);
          var bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(isVersion ? 200 : code, bytes.length);
          exchange.getResponseBody().write(bytes);
        });
    detection = new ClusterFeatureDetection(server.client(), RuntimeInjection.auto, clock);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** Otherwise the stages of an active run would continue in another sandbox. */
  @ParameterizedTest(name = "nodes are answered with {0}, ready {1}")
  @CsvSource({"500, True", "403, True", "200, Unknown"})
  void keepsFeaturesWhileTheApiServerIsUnavailable(int laterCode, String laterReady) {
    assertThat(detection.get().userNamespaceProblem()).isEmpty();
    code = laterCode;
    ready = laterReady;
    clock.pass(Duration.ofMinutes(6));

    assertThat(detection.get().userNamespaceProblem()).isEmpty();
    assertThat(detection.get().imageVolumes()).isTrue();
  }

  @Test
  void assumesNoFeaturesWithoutPermissionToReadNodes() {
    code = 403;

    assertThat(detection.get().userNamespaceProblem()).get().asString().contains("not known");
    assertThat(detection.get().imageVolumes()).isFalse();
  }

  @Test
  void failsIfTheFirstDetectionFails() {
    code = 500;
    assertThatThrownBy(detection::get).isInstanceOf(KubernetesClientException.class);

    code = 200;
    assertThat(detection.get().userNamespaceProblem()).isEmpty();
  }

  private static String nodes(String ready) {
    return """
    {"apiVersion": "v1", "kind": "NodeList", "items": [{"metadata": {"name": "n"}, "status": {
      "conditions": [{"type": "Ready", "status": "%s"}],
      "nodeInfo": {"containerRuntimeVersion": "containerd://2.4.2", "kernelVersion": "6.18.0"}}}]}
    """
        .formatted(ready);
  }
}
