package dev.stagewright.harbor.standin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The recorded responses of the token service of a real Harbor 2.16. */
class TokenServiceTest {
  private final StandInClient client = new StandInClient();

  @AfterEach
  void stop() {
    client.close();
  }

  @Test
  void responseHasEmptyAccessToken() throws Exception {
    var response = client.token(StandInClient.PUSHER, "&scope=repository:alpha/a:pull,push");

    assertThat(response.body())
        .matches(
            "\\{\"token\":\"[^\"]+\",\"access_token\":\"\",\"expires_in\":1800,\"issued_at\":\"[^\"]+\"\\}");
    assertThat(payload(response.body()))
        .contains(
            "{\"iss\":\"harbor-token-issuer\",\"sub\":\"robot$alpha+pusher\",\"aud\":\"harbor-registry\",\"exp\":",
            "\"access\":[{\"type\":\"repository\",\"name\":\"alpha/a\",\"actions\":[\"pull\",\"push\"]}]}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          robot$alpha+puller:S3cret   | alpha/a | "pull"
          robot$alpha+pushonly:S3cret | alpha/a | "push","pull"
          robot$alpha+pusher:S3cret   | nope/a  | ''
          robot$alpha+pusher:S3cret   | imm/a   | ''
          robot$alpha+pusher:wrong    | alpha/a | ''
          robot$alpha+off:S3cret      | alpha/a | ''
          admin:wrong                 | alpha/a | ''
          ''                          | pub/a   | "pull"
          ''                          | alpha/a | ''
          """)
  void issuesTokenWithoutPermissions(String pair, String repository, String actions)
      throws Exception {
    var response = client.token(pair, "&scope=repository:" + repository + ":pull,push");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(payload(response.body())).contains("\"actions\":[" + actions + "]");
  }

  @Test
  void rejectsWrongPasswordWithoutScope() throws Exception {
    assertThat(client.token("robot$alpha+pusher:wrong", "").statusCode()).isEqualTo(401);
    assertThat(client.token(StandInClient.PUSHER, "").statusCode()).isEqualTo(200);
  }

  @Test
  void supportsOnlyGetForItsService() throws Exception {
    var other = client.send("GET /service/token?service=nope", "");
    assertThat(other.statusCode()).isEqualTo(400);
    assertThat(other.body()).isEqualTo("Unable to handle service: nope");
    var post = client.send("POST", "/service/token", Map.of(), new byte[0]);
    assertThat(post.statusCode()).isEqualTo(405);
    assertThat(post.body()).isEqualTo("Method Not Allowed");
    assertThat(post.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain");
  }

  private static String payload(String response) {
    var token = Json.read(response.getBytes(UTF_8)).path("token").asText();
    return new String(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]), UTF_8);
  }
}
