package dev.stagewright.controller.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignatureCheckTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);

  /** The example of GitHub's documentation. */
  private static final String SECRET = "It's a Secret to Everybody";

  private static final String BODY = "Hello, World!";
  private static final String HEX =
      "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";

  @ParameterizedTest
  @CsvSource({
    "GITHUB,x-hub-signature-256,sha256=",
    "BITBUCKET,x-hub-signature,sha256=",
    "GITEA,x-gitea-signature,''",
    "GITEA,x-forgejo-signature,''"
  })
  void acceptsTheRightSignatureOnly(Sender sender, String header, String prefix) {
    assertThat(accepts(sender, Map.of(header, prefix + HEX))).isTrue();
    assertThat(accepts(sender, Map.of(header, prefix + HEX.replace('7', '8')))).isFalse();
    assertThat(accepts(sender, Map.of(header, HEX + prefix))).isEqualTo(prefix.isEmpty());
    assertThat(accepts(sender, Map.of(header, prefix + HEX.substring(1)))).isFalse();
    assertThat(accepts(sender, Map.of(header, ""))).isFalse();
    assertThat(accepts(sender, Map.of())).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"GITLAB,x-gitlab-token", "HARBOR,authorization"})
  void acceptsTheRightTokenOnly(Sender sender, String header) {
    assertThat(accepts(sender, Map.of(header, SECRET))).isTrue();
    assertThat(accepts(sender, Map.of(header, SECRET + "x"))).isFalse();
    assertThat(accepts(sender, Map.of(header, ""))).isFalse();
    assertThat(accepts(sender, Map.of())).isFalse();
  }

  @Test
  void doesNotAcceptTheSignatureOfAnotherSender() {
    assertThat(accepts(Sender.GITEA, Map.of("x-hub-signature-256", "sha256=" + HEX))).isFalse();
    assertThat(accepts(Sender.GITHUB, Map.of("x-hub-signature", "sha256=" + HEX))).isFalse();
  }

  @Test
  void aWrongForgejoSignatureIsNotReplacedByThatOfGitea() {
    assertThat(accepts(Sender.GITEA, Map.of("x-forgejo-signature", "00", "x-gitea-signature", HEX)))
        .isFalse();
  }

  @ParameterizedTest
  @CsvSource({"0,true", "-300,true", "300,true", "-301,false", "301,false"})
  void acceptsTheSigningTokenOfGitlabForFiveMinutes(long offset, boolean accepted)
      throws Exception {
    var key = "0123456789abcdef".getBytes(StandardCharsets.UTF_8);
    var token = "whsec_" + Base64.getEncoder().encodeToString(key);

    assertThat(standard(token, key, NOW.getEpochSecond() + offset, Map.of())).isEqualTo(accepted);
  }

  @Test
  void signsIdAndTimeOfGitlab() throws Exception {
    var key = SECRET.getBytes(StandardCharsets.UTF_8);
    var time = NOW.getEpochSecond();

    assertThat(standard(SECRET, key, time, Map.of())).isTrue();
    assertThat(standard(SECRET, key, time, Map.of("webhook-id", "other"))).isFalse();
    assertThat(standard(SECRET, key, time, Map.of("webhook-timestamp", "" + (time + 1)))).isFalse();
    assertThat(standard(SECRET, key, time, Map.of("webhook-timestamp", "x"))).isFalse();
  }

  @Test
  void aSignatureIsNotReplacedByATokenOfGitlab() {
    assertThat(
            accepts(
                Sender.GITLAB, Map.of("webhook-signature", "v1,AAAA", "x-gitlab-token", SECRET)))
        .isFalse();
  }

  @Test
  void doesNotShowTheSecret() {
    assertThat(new SignatureCheck(SECRET).toString()).doesNotContain(SECRET);
  }

  private static boolean standard(String secret, byte[] key, long time, Map<String, String> changes)
      throws GeneralSecurityException {
    var mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    var signed = ("id-1." + time + "." + BODY).getBytes(StandardCharsets.UTF_8);
    var signature = "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed));
    var headers =
        new HashMap<>(
            Map.of(
                "webhook-id",
                "id-1",
                "webhook-timestamp",
                Long.toString(time),
                "webhook-signature",
                "v1,b3RoZXI= " + signature));
    headers.putAll(changes);
    return new SignatureCheck(secret).accepts(Sender.GITLAB, delivery(headers), NOW);
  }

  private static boolean accepts(Sender sender, Map<String, String> headers) {
    return new SignatureCheck(SECRET).accepts(sender, delivery(headers), NOW);
  }

  private static Delivery delivery(Map<String, String> headers) {
    return new Delivery("team", "hello", headers, BODY.getBytes(StandardCharsets.UTF_8));
  }
}
