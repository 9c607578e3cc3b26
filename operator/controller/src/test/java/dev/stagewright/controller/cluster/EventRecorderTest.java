package dev.stagewright.controller.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.stagewright.controller.cluster.Cluster.EventDraft;
import dev.stagewright.controller.support.Builds;
import dev.stagewright.controller.support.FakeApiServer;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventRecorderTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-28T10:00:00Z"), ZoneOffset.UTC);

  private final List<String> created = new CopyOnWriteArrayList<>();
  private final CountDownLatch answers = new CountDownLatch(1);
  private FakeApiServer server;

  @BeforeEach
  void start() throws Exception {
    server =
        FakeApiServer.start(exchange -> {
          var event = new ObjectMapper().readTree(exchange.getRequestBody().readAllBytes());
          await();
          created.add(event.path("reason").asText() + " " + event.path("lastTimestamp").asText());
          exchange.sendResponseHeaders(403, -1);
        });
  }

  private void await() {
    try {
      answers.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @AfterEach
  void stop() {
    answers.countDown();
    server.close();
  }

  @Test
  void recordsWithoutWaitingInOrderAndGoesOnAfterARefusal() throws Exception {
    try (var client = server.client();
        var recorder = new EventRecorder(client, CLOCK)) {
      for (var reason : List.of("Started", "Prepared", "Succeeded")) {
        recorder.record(Builds.hello(), new EventDraft(false, reason, "message"));
      }
      assertThat(created).isEmpty();
      answers.countDown();
    }

    assertThat(created)
        .containsExactly(
            "Started 2026-11-28T10:00:00Z",
            "Prepared 2026-11-28T10:00:00Z",
            "Succeeded 2026-11-28T10:00:00Z");
  }

  @Test
  void messageFitsIntoAnEvent() {
    var event =
        new EventFactory(CLOCK)
            .event(Builds.hello(), new EventDraft(true, "Failed", "x".repeat(5000)));

    assertThat(event.getMessage().length()).isLessThanOrEqualTo(1024);
  }
}
