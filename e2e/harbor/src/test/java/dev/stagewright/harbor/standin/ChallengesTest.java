package dev.stagewright.harbor.standin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The recorded responses of a real Harbor 2.16 to requests without sufficient permissions. */
class ChallengesTest {
  private final StandInClient client = new StandInClient();

  @AfterEach
  void stop() {
    client.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GET /v2/ | Bearer realm="H/service/token",service="harbor-registry" | unauthorized: unauthorized
          GET /v2/alpha/a/manifests/1 | Bearer realm="H/service/token",service="harbor-registry",scope="repository:alpha/a:pull" | authorize header needed to send HEAD to repository: authorize header needed to send HEAD to repository
          GET /v2/pub/a/manifests/1 | Bearer realm="H/service/token",service="harbor-registry",scope="repository:pub/a:pull" | authorize header needed to send HEAD to repository: authorize header needed to send HEAD to repository
          POST /v2/alpha/a/blobs/uploads/ | Bearer realm="H/service/token",service="harbor-registry",scope="repository:alpha/a:pull,push" | unauthorized to access repository: alpha/a, action: push: unauthorized to access repository: alpha/a, action: push
          POST /v2/nope/a/blobs/uploads/ | '' | project nope not found: project nope not found
          GET /v2/nope/a/manifests/1 | Bearer realm="H/service/token",service="harbor-registry",scope="repository:nope/a:pull" | authorize header needed to send HEAD to repository: authorize header needed to send HEAD to repository
          GET /v2/_catalog | Basic realm="harbor" | unauthorized to list catalog: unauthorized to list catalog
          """)
  void anonymousRequestGetsBearerChallenge(String line, String challenge, String message)
      throws Exception {
    var response = client.send(line, "");

    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(response.headers().firstValue("Www-Authenticate"))
        .hasValue(challenge.replace("H/", client.harbor().origin() + "/"));
    assertThat(response.body())
        .isEqualTo("{\"errors\":[{\"code\":\"UNAUTHORIZED\",\"message\":\"" + message + "\"}]}\n");
    assertThat(response.headers().firstValue("Content-Type"))
        .hasValue("application/json; charset=utf-8");
    assertThat(response.headers().firstValue("Docker-Distribution-Api-Version"))
        .hasValue("registry/2.0");
    assertThat(response.headers().firstValue("Set-Cookie").orElse("")).startsWith("sid=");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GET /v2/ | garbage | unauthorized: unauthorized
          POST /v2/alpha/a/blobs/uploads/ | garbage | unauthorized to access repository: alpha/a, action: push
          GET /v2/alpha/a/manifests/1 | garbage | unauthorized to access repository: alpha/a, action: pull
          POST /v2/alpha/a/blobs/uploads/ | puller's token | unauthorized to access repository: alpha/a, action: push
          POST /v2/alpha/a/blobs/uploads/ | puller | unauthorized to access repository: alpha/a, action: push
          GET /v2/ | wrong password | unauthorized: unauthorized
          POST /v2/alpha/a/blobs/uploads/ | wrong password | unauthorized to access repository: alpha/a, action: push
          POST /v2/alpha/a/blobs/uploads/ | disabled | unauthorized to access repository: alpha/a, action: push
          POST /v2/alpha/a/blobs/uploads/?mount=sha256:00&from=imm/a | pusher | unauthorized to access repository: imm/a, action: pull
          """)
  void insufficientCredentialsGetBasicChallenge(String line, String who, String message)
      throws Exception {
    var response = client.send(line, authorization(who));

    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(response.headers().firstValue("Www-Authenticate"))
        .hasValue("Basic realm=\"harbor\"");
    assertThat(response.body()).contains("\"UNAUTHORIZED\"", message);
  }

  private String authorization(String who) throws Exception {
    return switch (who) {
      case "garbage" -> "Bearer garbage";
      case "puller's token" -> client.bearer(StandInClient.PULLER, "repository:alpha/a:pull");
      case "puller" -> StandInClient.basic(StandInClient.PULLER);
      case "pusher" -> StandInClient.basic(StandInClient.PUSHER);
      case "disabled" -> StandInClient.basic("robot$alpha+off:S3cret");
      default -> StandInClient.basic("robot$alpha+pusher:wrong");
    };
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          POST /v2/nope/a/blobs/uploads/ | robot$alpha+pusher:S3cret
          POST /v2/nope/a/blobs/uploads/ | admin:Harbor12345
          GET /v2/nope/a/manifests/1 | admin:Harbor12345
          """)
  void unknownProjectGetsEmptyChallenge(String line, String pair) throws Exception {
    for (var sent :
        new String[] {StandInClient.basic(pair), client.bearer(pair, "repository:nope/a:pull")}) {
      var response = client.send(line, sent);

      assertThat(response.statusCode()).isEqualTo(401);
      assertThat(response.headers().firstValue("Www-Authenticate")).hasValue("");
      assertThat(response.body()).contains("project nope not found: project nope not found");
    }
  }

  @Test
  void publicProjectIgnoresInvalidToken() throws Exception {
    var stale = client.bearer(StandInClient.PUSHER, "repository:pub/a:pull");
    client.harbor().expireTokens();

    assertThat(client.send("GET /v2/pub/a/manifests/1", stale).statusCode()).isEqualTo(404);
    assertThat(client.send("POST /v2/pub/a/blobs/uploads/", stale).statusCode()).isEqualTo(401);
  }

  @Test
  void projectExistenceRequiresAuthentication() throws Exception {
    var pusher = StandInClient.basic(StandInClient.PUSHER);
    var question = "HEAD /api/v2.0/projects?project_name=";

    assertThat(client.send(question + "alpha", pusher).statusCode()).isEqualTo(200);
    assertThat(client.send(question + "nope", pusher).statusCode()).isEqualTo(404);
    assertThat(client.send(question + "nope", "").statusCode()).isEqualTo(401);
  }
}
