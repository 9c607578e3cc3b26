package dev.stagewright.controller.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.net.httpserver.HttpServer;
import dev.stagewright.controller.support.MovableClock;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiServerClockTest {
  private final MovableClock local = new MovableClock();
  private final ApiServerClock clock = new ApiServerClock(local);

  @Test
  void isTheLocalTimeUntilTheFirstResponse() {
    assertThat(clock.instant()).isEqualTo(local.instant());
  }

  /** A response of 10:00:00.9 has the date 10:00:00, and can arrive at 10:00:02. */
  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT0.9S", "PT2.5S"})
  void isTheLocalTimeWithinTheTolerance(Duration cutOffAndWay) {
    clock.update(local.instant().minus(cutOffAndWay));

    assertThat(clock.instant()).isEqualTo(local.instant());
  }

  @ParameterizedTest(name = "local clock off by {0}")
  @ValueSource(strings = {"PT1H", "PT-1H", "PT10S", "PT-10S"})
  void followsTheServerIfTheLocalClockIsWrong(Duration off) {
    var serverTime = local.instant().minus(off);
    clock.update(serverTime);

    assertThat(Duration.between(serverTime, clock.instant()))
        .isBetween(Duration.ZERO, ApiServerClock.TOLERANCE);
  }

  @ParameterizedTest(name = "set by {0}")
  @ValueSource(strings = {"PT1H", "PT-1H"})
  void followsTheServerAfterTheLocalClockIsSet(Duration set) {
    var serverTime = local.instant();
    clock.update(serverTime);
    local.pass(set);
    clock.update(serverTime.plusSeconds(1));

    assertThat(Duration.between(serverTime.plusSeconds(1), clock.instant()))
        .isBetween(Duration.ZERO, ApiServerClock.TOLERANCE);
  }

  /** A delayed response has an old date, which the next response corrects. */
  @Test
  void recoversFromALateResponse() {
    clock.update(local.instant().minusSeconds(60));
    clock.update(local.instant());

    assertThat(clock.instant()).isEqualTo(local.instant());
  }

  @ParameterizedTest(name = "local clock off by {0}")
  @ValueSource(strings = {"PT2H", "PT-2H"})
  void readsTheDateHeaderOfResponses(Duration off) throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange.sendResponseHeaders(404, -1);
          }
        });
    server.start();
    var wrong = new ApiServerClock(Clock.offset(Clock.systemUTC(), off));
    try (var client =
        new KubernetesClientBuilder()
            .withConfig(
                new ConfigBuilder(Config.empty())
                    .withMasterUrl("http://localhost:" + server.getAddress().getPort())
                    .build())
            .withHttpClientBuilderConsumer(
                http -> http.addOrReplaceInterceptor(ApiServerClock.NAME, wrong))
            .build()) {
      client.pods().inNamespace("team").withName("none").get();
    } finally {
      server.stop(0);
    }

    assertThat(wrong.instant()).isCloseTo(Instant.now(), within(5, ChronoUnit.SECONDS));
  }
}
