package dev.stagewright.harbor.standin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The token service of a real Harbor 2.16, quoted. */
class TokenServiceTest {
  private final Asking asking = new Asking();

  @AfterEach
  void stop() {
    asking.close();
  }

  @Test
  void theAnswerHasAnEmptyAccessToken() throws Exception {
    var answer = asking.token(Asking.PUSHER, "&scope=repository:alpha/a:pull,push");

    assertThat(answer.body())
        .matches(
            "\\{\"token\":\"[^\"]+\",\"access_token\":\"\",\"expires_in\":1800,\"issued_at\":\"[^\"]+\"\\}");
    assertThat(payload(answer.body()))
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
  void everybodyGetsATokenWhichMayGrantNothing(String pair, String repository, String actions)
      throws Exception {
    var answer = asking.token(pair, "&scope=repository:" + repository + ":pull,push");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(payload(answer.body())).contains("\"actions\":[" + actions + "]");
  }

  @Test
  void withoutAScopeAWrongPasswordShows() throws Exception {
    assertThat(asking.token("robot$alpha+pusher:wrong", "").statusCode()).isEqualTo(401);
    assertThat(asking.token(Asking.PUSHER, "").statusCode()).isEqualTo(200);
  }

  @Test
  void onlyGetOfTheRightServiceIsAnswered() throws Exception {
    var other = asking.ask("GET /service/token?service=nope", "");
    assertThat(other.statusCode()).isEqualTo(400);
    assertThat(other.body()).isEqualTo("Unable to handle service: nope");
    var post = asking.ask("POST", "/service/token", Map.of(), new byte[0]);
    assertThat(post.statusCode()).isEqualTo(405);
    assertThat(post.body()).isEqualTo("Method Not Allowed");
    assertThat(post.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain");
  }

  private static String payload(String answer) {
    var token = Json.read(answer.getBytes(UTF_8)).path("token").asText();
    return new String(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]), UTF_8);
  }
}
