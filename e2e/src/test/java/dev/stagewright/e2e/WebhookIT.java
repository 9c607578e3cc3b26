package dev.stagewright.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A push to a Git server starts a run. */
@ExtendWith(StagewrightExtension.class)
class WebhookIT {
  private static final String SECRET = "s3cret-4711";

  @Test
  void aPushStartsARun(TestNamespace namespace) throws Exception {
    var environment = namespace.environment();
    try (var operator = environment.operatorWith("webhookPort: 8081");
        var git = GitServer.start(environment)) {
      allow(namespace, operator);
      git.commit(Map.of("Dockerfile", "FROM busybox\nCOPY text /\n", "text", "one"));
      var build =
          namespace.build(
              operator,
              "pushed",
              """
              source: {git: {url: '%s', revision: main}}
              webhook: {secret: {name: hook}}
              """
                  .formatted(git.url()));
      build.awaitSuccess();
      var commit = git.commit(Map.of("text", "two"));
      var receiver = receiver(namespace, operator);

      assertThat(post(receiver, "pushed", push("other", commit), SECRET).statusCode())
          .isEqualTo(202);
      assertThat(post(receiver, "pushed", push("main", commit), "wrong").statusCode())
          .isEqualTo(401);
      assertThat(post(receiver, "unknown", push("main", commit), SECRET).statusCode())
          .isEqualTo(401);
      assertThat(build.text("run")).isEqualTo("1");

      var answer = post(receiver, "pushed", push("main", commit), SECRET);
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);

      build.await(it -> it.text("run").equals("2"));
      build.awaitSuccess();
      assertThat(build.text("source", "commit")).isEqualTo(commit);
      assertThat(build.text("trigger", "message"))
          .contains("webhook of github: branch main " + commit);
      assertThat(post(receiver, "pushed", push("main", commit), SECRET).body())
          .contains("received before");
    }
  }

  /** The rights of the documentation: of one Secret, and to set the annotation. */
  private static void allow(TestNamespace namespace, Installation operator) {
    namespace.apply(
        """
        apiVersion: v1
        kind: Secret
        metadata: {name: hook}
        stringData: {token: %s}
        """
            .formatted(SECRET));
    namespace.grant(
        operator,
        "webhook",
        """
        - {apiGroups: [""], resources: [secrets], resourceNames: [hook], verbs: [get]}
        - {apiGroups: [stagewright.dev], resources: [imagebuilds], verbs: [patch]}
        """);
  }

  private static URI receiver(TestNamespace namespace, Installation operator) {
    var pod =
        namespace
            .client()
            .pods()
            .inNamespace(operator.namespace())
            .withLabel("app.kubernetes.io/name", "stagewright")
            .list()
            .getItems()
            .getFirst();
    return URI.create(
        "http://%s:8081/webhooks/%s/".formatted(pod.getStatus().getPodIP(), namespace.name()));
  }

  private static String push(String branch, String commit) {
    return """
    {"ref": "refs/heads/%s", "after": "%s", "deleted": false,
     "repository": {"full_name": "team/app", "default_branch": "main"}}
    """
        .formatted(branch, commit);
  }

  private static HttpResponse<String> post(URI receiver, String build, String body, String secret)
      throws IOException, InterruptedException, GeneralSecurityException {
    var mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    var signature = HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
    var request =
        HttpRequest.newBuilder(receiver.resolve(build))
            .header("Content-Type", "application/json")
            .header("X-GitHub-Event", "push")
            .header("X-GitHub-Delivery", "72d3162e-cc78-11e3-81ab-4c9367dc0958")
            .header("X-Hub-Signature-256", "sha256=" + signature)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try (var client = HttpClient.newHttpClient()) {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
  }
}
