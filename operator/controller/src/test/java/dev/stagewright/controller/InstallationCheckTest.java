package dev.stagewright.controller;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.controller.health.Readiness.Report;
import dev.stagewright.controller.metrics.HttpEndpoint;
import dev.stagewright.controller.support.FakeApiServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class InstallationCheckTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final AtomicReference<String> request = new AtomicReference<>("");

  @Test
  void passesIfTheOperatorIsReadyAndBuildsAreAccepted() throws Exception {
    assertThat(check(new Report(true, "[+]crd ok\n"), 201)).isTrue();
    assertThat(out.toString(UTF_8))
        .isEqualTo("the operator is ready:\n[+]crd ok\nthe API server accepts ImageBuilds\n");
    assertThat(request.get()).startsWith("POST").contains("/imagebuilds?").contains("dryRun=All");
  }

  @Test
  void failsWithTheReasonOfTheOperator() throws Exception {
    assertThat(check(new Report(false, "[-]crd failed: old\n"), 201)).isFalse();
    assertThat(out.toString(UTF_8)).contains("is not ready:\n[-]crd failed: old");
  }

  @Test
  void failsIfBuildsAreRejected() throws Exception {
    assertThat(check(new Report(true, ""), 403)).isFalse();
    assertThat(out.toString(UTF_8)).contains("does not accept ImageBuilds:");
  }

  @Test
  void argumentsAreRequired() {
    assertThat(InstallationCheck.run(List.of())).isEqualTo(2);
  }

  private boolean check(Report report, int code) throws IOException, InterruptedException {
    try (var endpoint = HttpEndpoint.start(0, () -> "", () -> true, () -> report);
        var server =
            FakeApiServer.start(exchange -> {
              request.set(exchange.getRequestMethod() + " " + exchange.getRequestURI());
              var body = exchange.getRequestBody().readAllBytes();
              exchange.getResponseHeaders().set("Content-Type", "application/json");
              exchange.sendResponseHeaders(code, body.length);
              exchange.getResponseBody().write(body);
            })) {
      var readyz = URI.create("http://localhost:" + endpoint.port() + "/readyz");
      return new InstallationCheck(readyz, "team", 1, new PrintStream(out, true, UTF_8))
          .run(server.client());
    }
  }
}
