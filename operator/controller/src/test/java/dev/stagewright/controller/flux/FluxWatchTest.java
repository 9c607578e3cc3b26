package dev.stagewright.controller.flux;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.sun.net.httpserver.HttpExchange;
import dev.stagewright.api.v1alpha1.FluxSource.Kind;
import dev.stagewright.controller.run.FluxArtifact.Lookup;
import dev.stagewright.controller.support.FakeApiServer;
import dev.stagewright.controller.support.MovableClock;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class FluxWatchTest {
  private static final FluxReference APP = new FluxReference(Kind.GitRepository, "team", "app");
  private static final String LIST =
      """
      {"kind": "GitRepositoryList", "apiVersion": "source.toolkit.fluxcd.io/v1",
       "metadata": {"resourceVersion": "7"},
       "items": [{
         "kind": "GitRepository", "apiVersion": "source.toolkit.fluxcd.io/v1",
         "metadata": {"namespace": "team", "name": "app", "resourceVersion": "3"},
         "spec": {"url": "https://git.example.com/app"},
         "status": {"artifact": {
           "url": "http://source-controller/a.tar.gz", "digest": "sha256:1", "revision": "main"}}}]}
      """;

  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final MovableClock clock = new MovableClock();
  private volatile int status = 404;
  private FakeApiServer server;
  private FluxWatch watch;

  @BeforeEach
  void start() throws IOException {
    log.start();
    root.addAppender(log);
    server = FakeApiServer.start(this::answer);
    watch = new FluxWatch(server.client(), Kind.GitRepository, "team", _ -> {}, clock);
  }

  @AfterEach
  void stop() {
    watch.close();
    server.close();
    root.detachAppender(log);
  }

  private void answer(HttpExchange exchange) throws IOException {
    var isWatch = String.valueOf(exchange.getRequestURI().getQuery()).contains("watch=true");
    var body = status == 200 ? isWatch ? "" : LIST : failure(status);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.isEmpty() ? -1 : body.getBytes(UTF_8).length);
    exchange.getResponseBody().write(body.getBytes(UTF_8));
  }

  private static String failure(int status) {
    return """
    {"kind": "Status", "apiVersion": "v1", "status": "Failure", "code": %d, "message": "no"}
    """
        .formatted(status);
  }

  private List<ILoggingEvent> warnings() {
    return log.list.stream()
        .filter(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
        .toList();
  }

  @Test
  void logsOnceThatFluxIsNotInstalled() {
    for (var attempt = 0; attempt < 3; attempt++) {
      assertThat(watch.artifact(APP))
          .isEqualTo(
              new Lookup.Missing(
                  "the cluster has no kind GitRepository of source.toolkit.fluxcd.io/v1; install"
                      + " Flux"));
      clock.pass(Duration.ofMinutes(1));
    }

    assertThat(warnings())
        .singleElement()
        .satisfies(event -> {
          assertThat(event.getFormattedMessage()).contains("namespace team", "install Flux");
          assertThat(event.getThrowableProxy()).isNull();
        });
  }

  @Test
  void logsThatThePermissionIsMissingAfterFluxWasInstalled() {
    var _ = watch.artifact(APP);
    status = 403;
    clock.pass(Duration.ofMinutes(1));
    var _ = watch.artifact(APP);

    assertThat(warnings())
        .extracting(ILoggingEvent::getFormattedMessage)
        .satisfiesExactly(
            first -> assertThat(first).contains("install Flux"),
            second -> assertThat(second).contains("may not watch gitrepositories"));
  }

  @Test
  void watchesAsSoonAsFluxIsInstalled() {
    var _ = watch.artifact(APP);
    status = 200;
    clock.pass(Duration.ofMinutes(1));

    await().until(() -> watch.artifact(APP) instanceof Lookup.Found);
  }
}
