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
  void isTheLocalOneUntilAnAnswerComes() {
    assertThat(clock.instant()).isEqualTo(local.instant());
  }

  /** An answer of 10:00:00.9 says 10:00:00, and may arrive at 10:00:02. */
  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT0.9S", "PT2.5S"})
  void isTheLocalOneWhereThatIsRight(Duration cutOffAndWay) {
    clock.hear(local.instant().minus(cutOffAndWay));

    assertThat(clock.instant()).isEqualTo(local.instant());
  }

  @ParameterizedTest(name = "local clock off by {0}")
  @ValueSource(strings = {"PT1H", "PT-1H", "PT10S", "PT-10S"})
  void followsTheAnswersWhereTheLocalOneIsWrong(Duration off) {
    var told = local.instant().minus(off);
    clock.hear(told);

    assertThat(Duration.between(told, clock.instant()))
        .isBetween(Duration.ZERO, ApiServerClock.SLACK);
  }

  @ParameterizedTest(name = "set by {0}")
  @ValueSource(strings = {"PT1H", "PT-1H"})
  void followsWhenTheLocalOneIsSet(Duration set) {
    var told = local.instant();
    clock.hear(told);
    local.pass(set);
    clock.hear(told.plusSeconds(1));

    assertThat(Duration.between(told.plusSeconds(1), clock.instant()))
        .isBetween(Duration.ZERO, ApiServerClock.SLACK);
  }

  /** One that was under way for long tells an old time; the next sets it right. */
  @Test
  void recoversFromALateAnswer() {
    clock.hear(local.instant().minusSeconds(60));
    clock.hear(local.instant());

    assertThat(clock.instant()).isEqualTo(local.instant());
  }

  @ParameterizedTest(name = "local clock off by {0}")
  @ValueSource(strings = {"PT2H", "PT-2H"})
  void takesTheTimeFromWhatTheClientIsAnswered(Duration off) throws IOException {
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
