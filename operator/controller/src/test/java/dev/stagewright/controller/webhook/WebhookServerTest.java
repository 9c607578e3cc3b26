package dev.stagewright.controller.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.api.v1alpha1.ImageBuild;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebhookServerTest {
  private static final String COMMIT = "4fd2a1c0de4fd2a1c0de4fd2a1c0de4fd2a1c0de";
  private static final Map<String, String> GITLAB =
      Map.of("X-Gitlab-Event", "Push Hook", "X-Gitlab-Token", "s3cret");

  private final FakeTargets targets = new FakeTargets();
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private WebhookServer server;

  @BeforeEach
  void start() throws IOException {
    targets.builds.put("team/hello", build("{secret: {name: hook}}"));
    targets.builds.put("team/no-hook", build(""));
    targets.secrets.put("team/hook/token", "s3cret\n");
    server =
        server(
            new WebhookServer.Limits(
                2000, Duration.ofSeconds(10), Duration.ZERO, 50, Duration.ofHours(1)));
  }

  private WebhookServer server(WebhookServer.Limits limits) throws IOException {
    return new WebhookServer(0, targets, limits, metrics, InstantSource.system());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void requestsARunForAPush() throws Exception {
    var answer = post("team/hello", GITLAB, push("main"));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo(
            "{\"outcome\":\"accepted\",\"reason\":\"a run for branch main %s was requested\"}"
                .formatted(COMMIT));
    assertThat(targets.rebuilds).containsExactly("webhook of gitlab: branch main " + COMMIT);
    assertThat(
            metrics
                .counter(
                    "stagewright.webhook.requests",
                    "sender",
                    "gitlab",
                    "outcome",
                    "accepted",
                    "reason",
                    "rebuild")
                .count())
        .isOne();
  }

  @Test
  void ignoresOtherBranchesWithAReason() throws Exception {
    var answer = post("team/hello", GITLAB, push("feature"));

    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(answer.body()).contains("branch feature does not match the default branch main");
    assertThat(targets.rebuilds).isEmpty();
  }

  @Test
  void ignoresAReplay() throws Exception {
    post("team/hello", GITLAB, push("main"));
    var other =
        Map.of(
            "X-Gitlab-Event",
            "Push Hook",
            "X-Gitlab-Token",
            "s3cret",
            "X-Gitlab-Event-UUID",
            "another");
    targets.rebuilds.add("something else");

    var answer = post("team/hello", other, push("main"));

    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(answer.body()).contains("received before");
    assertThat(targets.rebuilds).hasSize(2);
  }

  @Test
  void acceptsADeliveryAgainThatCouldNotBeProcessed() throws Exception {
    targets.isDown = true;
    assertThat(post("team/hello", GITLAB, push("main")).statusCode()).isEqualTo(503);

    targets.isDown = false;
    assertThat(post("team/hello", GITLAB, push("main")).statusCode()).isEqualTo(200);
  }

  @Test
  void answersTheSameToAllWhoDoNotKnowTheSecret() throws Exception {
    targets.builds.put("team/no-secret", build("{secret: {name: missing}}"));
    targets.builds.put("team/empty", build("{secret: {name: empty}}"));
    targets.secrets.put("team/empty/token", " \n");
    var wrong = Map.of("X-Gitlab-Event", "Push Hook", "X-Gitlab-Token", "wrong");
    var none = Map.of("X-Gitlab-Event", "Push Hook");
    var answers = new HashSet<String>();
    for (var path :
        List.of("team/hello", "team/no-hook", "team/no-secret", "team/empty", "team/unknown")) {
      for (var headers : List.of(wrong, none)) {
        var answer = post(path, headers, push("main"));
        answers.add(answer.statusCode() + " " + answer.body());
      }
    }

    assertThat(answers).hasSize(1).first().asString().startsWith("401 ");
    assertThat(targets.rebuilds).isEmpty();
  }

  @Test
  void readsOnlySecretsOfBuildsWithAWebhook() throws Exception {
    post("team/no-hook", GITLAB, push("main"));
    post("team/unknown", GITLAB, push("main"));
    assertThat(targets.secretsRead).isEmpty();

    post("team/hello", GITLAB, push("main"));
    assertThat(targets.secretsRead).containsExactly("team/hook/token");
  }

  @Test
  void reportsAnUnusableSecretInAnEvent() throws Exception {
    targets.secrets.clear();
    post("team/hello", GITLAB, push("main"));

    assertThat(targets.events).containsExactly("the key token of the Secret hook");
  }

  @Test
  void answersPings() throws Exception {
    assertThat(post("team/any", Map.of("X-Event-Key", "diagnostics:ping"), "{}").body())
        .contains("pong");
  }

  @Test
  void refusesRequestsThatAreNotWebhooks() throws Exception {
    assertThat(post("team/hello", Map.of(), "{}").statusCode()).isEqualTo(400);
    assertThat(post("team/hello/x", GITLAB, "{}").statusCode()).isEqualTo(404);
    assertThat(post("team/..%2Fx", GITLAB, "{}").statusCode()).isEqualTo(404);
    assertThat(post("team/hello", GITLAB, "payload=x").statusCode()).isEqualTo(400);
    var get = HttpRequest.newBuilder(uri("team/hello")).GET().build();
    assertThat(send(get).statusCode()).isEqualTo(405);
  }

  @Test
  void refusesLargeBodies() throws Exception {
    assertThat(post("team/hello", GITLAB, "x".repeat(2001)).statusCode()).isEqualTo(413);
    var chunked =
        request("team/hello", GITLAB)
            .POST(
                HttpRequest.BodyPublishers.ofInputStream(
                    () -> new ByteArrayInputStream(new byte[5000])))
            .build();
    assertThat(send(chunked).statusCode()).isEqualTo(413);
    assertThat(targets.secretsRead).isEmpty();
  }

  @Test
  void limitsRequestsOfABuild() throws Exception {
    var statuses = new ArrayList<Integer>();
    for (var i = 0; i < 21; i++) {
      statuses.add(post("team/hello", GITLAB, push("b" + i)).statusCode());
    }
    assertThat(statuses.subList(0, 20)).containsOnly(202);
    assertThat(statuses.getLast()).isEqualTo(429);
  }

  @Test
  void limitsRequestsOfAnAddress() throws Exception {
    var statuses = new ArrayList<Integer>();
    for (var i = 0; i < 51; i++) {
      statuses.add(post("team/unknown", GITLAB, "{}").statusCode());
    }
    assertThat(statuses.subList(0, 50)).containsOnly(401);
    assertThat(statuses.getLast()).isEqualTo(429);
  }

  /** The read ends when the server closes the connection. */
  @Test
  void closesTheConnectionOfASlowSender() throws Exception {
    server.close();
    server =
        server(
            new WebhookServer.Limits(
                2000, Duration.ofMillis(200), Duration.ZERO, 50, Duration.ofHours(1)));
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket
          .getOutputStream()
          .write(
              "POST /webhooks/team/hello HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"
                  .getBytes(StandardCharsets.US_ASCII));
      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
          .isEmpty();
    }
    assertThat(targets.secretsRead).isEmpty();
  }

  private static String push(String branch) {
    return """
    {"object_kind": "push", "ref": "refs/heads/%s", "checkout_sha": "%s",
     "project": {"default_branch": "main"}}
    """
        .formatted(branch, COMMIT);
  }

  private static ImageBuild build(String webhook) {
    return Serialization.unmarshal(
        """
        apiVersion: stagewright.dev/v1alpha1
        kind: ImageBuild
        metadata: {namespace: team, name: hello, uid: "1", generation: 1}
        spec:
          source: {git: {url: "https://git.example.com/team/hello"}}
          output: {image: "registry.example.com/hello:1"}
          %s
        """
            .formatted(webhook.isEmpty() ? "" : "webhook: " + webhook),
        ImageBuild.class);
  }

  private HttpResponse<String> post(String path, Map<String, String> headers, String body)
      throws Exception {
    return send(request(path, headers).POST(HttpRequest.BodyPublishers.ofString(body)).build());
  }

  private HttpRequest.Builder request(String path, Map<String, String> headers) {
    var request = HttpRequest.newBuilder(uri(path));
    headers.forEach(request::header);
    return request;
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + "/webhooks/" + path);
  }

  private static HttpResponse<String> send(HttpRequest request) throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
  }
}
