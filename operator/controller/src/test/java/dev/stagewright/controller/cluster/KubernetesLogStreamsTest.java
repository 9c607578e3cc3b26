package dev.stagewright.controller.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import dev.stagewright.controller.cluster.LogStreams.End;
import dev.stagewright.controller.cluster.LogStreams.Start;
import dev.stagewright.controller.support.FakeApiServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs against an API server whose responses are streams. */
class KubernetesLogStreamsTest {
  private static final ContainerReference CONTAINER =
      new ContainerReference("team", "hello-1-s0", "uid", "main");

  private final BlockingQueue<HttpExchange> requests = new LinkedBlockingQueue<>();
  private final CountDownLatch end = new CountDownLatch(1);
  private FakeApiServer server;
  private KubernetesLogStreams streams;

  /** Collects what a stream delivers. */
  private static final class Collector implements LogStreams.Receiver {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final BlockingQueue<String> text = new LinkedBlockingQueue<>();
    private final BlockingQueue<End> ends = new LinkedBlockingQueue<>();

    @Override
    public void receive(ByteBuffer buffer) {
      while (buffer.hasRemaining()) {
        bytes.write(buffer.get());
      }
      text.add(bytes.toString(StandardCharsets.UTF_8));
    }

    @Override
    public void end(End end) {
      ends.add(end);
    }

    private void awaitText(String expected) throws InterruptedException {
      var received = "";
      while (!received.equals(expected)) {
        received = take(text);
      }
    }
  }

  @BeforeEach
  void start() throws IOException {
    server =
        FakeApiServer.start(exchange -> {
          if (exchange.getRequestURI().getPath().equals("/version")) {
            exchange.sendResponseHeaders(200, -1);
            return;
          }
          requests.add(exchange);
          try {
            end.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    streams = new KubernetesLogStreams(server::newClient);
  }

  @AfterEach
  void stop() {
    streams.close();
    end.countDown();
    server.close();
  }

  private static <T> T take(BlockingQueue<T> queue) throws InterruptedException {
    return Optional.ofNullable(queue.poll(60, TimeUnit.SECONDS)).orElseThrow();
  }

  private static void send(HttpExchange exchange, String text) throws IOException {
    exchange.getResponseBody().write(text.getBytes(StandardCharsets.UTF_8));
    exchange.getResponseBody().flush();
  }

  @Test
  void deliversLinesWhenTheyAreWritten() throws Exception {
    var received = new Collector();
    streams.open(CONTAINER, Start.BEGINNING, received);
    var request = take(requests);
    request.sendResponseHeaders(200, 0);

    send(request, "one\n");
    received.awaitText("one\n");
    send(request, "two\n");
    received.awaitText("one\ntwo\n");
    request.getResponseBody().close();

    assertThat(take(received.ends)).isEqualTo(new End.Completed());
    assertThat(request.getRequestURI())
        .hasToString(
            "/api/v1/namespaces/team/pods/hello-1-s0/log?container=main&follow=true&timestamps=true");
  }

  @Test
  void continuesAtATimeOrNearTheEnd() throws Exception {
    var since = Instant.parse("2026-11-21T10:00:00.123Z");
    streams.open(CONTAINER, new Start(Optional.of(since), Optional.of(20)), new Collector());

    assertThat(take(requests).getRequestURI().getQuery())
        .endsWith("&sinceTime=2026-11-21T10:00:00.123Z&tailLines=20");
  }

  @Test
  void refusalHasTheMessageOfTheApiServer() throws Exception {
    var received = new Collector();
    streams.open(CONTAINER, Start.BEGINNING, received);
    var status =
        "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"code\":400,\"message\":\"waiting to start\"}";
    var request = take(requests);
    request.sendResponseHeaders(400, status.length());
    send(request, status);

    assertThat(take(received.ends)).isEqualTo(new End.Refused("400 waiting to start"));
    assertThat(received.text).isEmpty();
  }

  @Test
  void refusalIsNotRepeated() throws Exception {
    var received = new Collector();
    streams.open(CONTAINER, Start.BEGINNING, received);
    take(requests).sendResponseHeaders(500, -1);

    assertThat(take(received.ends)).isInstanceOf(End.Refused.class);
    assertThat(requests).isEmpty();
  }

  @Test
  void lostConnectionBreaksTheStream() throws Exception {
    var received = new Collector();
    streams.open(CONTAINER, Start.BEGINNING, received);
    var request = take(requests);
    request.sendResponseHeaders(200, 0);
    send(request, "one\n");
    received.awaitText("one\n");

    server.close();

    assertThat(take(received.ends)).isInstanceOf(End.Broken.class);
  }

  @Test
  void unreachableApiServerBreaksTheStream() throws Exception {
    server.close();
    var received = new Collector();

    streams.open(CONTAINER, Start.BEGINNING, received);

    assertThat(take(received.ends)).isInstanceOf(End.Broken.class);
  }

  @Test
  void closedStreamEndsOnce() throws Exception {
    var received = new Collector();
    var stream = streams.open(CONTAINER, Start.BEGINNING, received);
    take(requests).sendResponseHeaders(200, 0);

    stream.close();
    stream.close();

    assertThat(take(received.ends)).isInstanceOf(End.Broken.class);
    assertThat(received.ends).isEmpty();
  }

  @Test
  void hundredRunsShareFewConnections() throws Exception {
    var received = new ArrayList<Collector>();
    var open = new ArrayList<LogStreams.LogStream>();
    for (var i = 0; i < 300; i++) {
      var collector = new Collector();
      received.add(collector);
      open.add(streams.open(CONTAINER, Start.BEGINNING, collector));
    }
    for (var i = 0; i < 300; i++) {
      var request = take(requests);
      request.sendResponseHeaders(200, 0);
      send(request, "line\n");
    }
    for (var collector : received) {
      collector.awaitText("line\n");
    }
    assertThat(streams.connections()).isEqualTo(4);

    open.forEach(LogStreams.LogStream::close);
    streams.open(CONTAINER, Start.BEGINNING, new Collector());

    assertThat(streams.connections()).isEqualTo(4);
  }

  @Test
  void opensNothingAfterItsEnd() throws Exception {
    streams.close();
    var received = new Collector();

    streams.open(CONTAINER, Start.BEGINNING, received);

    assertThat(take(received.ends)).isEqualTo(new End.Broken("the operator stops"));
  }
}
