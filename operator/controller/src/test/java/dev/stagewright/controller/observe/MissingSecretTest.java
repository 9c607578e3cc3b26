package dev.stagewright.controller.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.controller.observe.PodState.Hitch;
import dev.stagewright.controller.support.Builds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MissingSecretTest {
  private final MissingSecret missing =
      new MissingSecret(
          Builds.spec(
              """
              source: {inline: {dockerfile: FROM x}}
              secrets: [{id: token, secret: {name: api, key: password}}]
              """));

  @ParameterizedTest
  @CsvSource({
    "MountVolume.SetUp failed for volume \"secrets\" : secret \"api\" not found,"
        + " 'there is no Secret api, of which the build needs the key password'",
    "MountVolume.SetUp failed for volume \"ssh-0\" : secret \"keys\" not found,"
        + " there is no Secret keys",
    "MountVolume.SetUp failed for volume \"secrets\" : references non-existent secret key: password,"
        + " the Secret api has no key password",
  })
  void namesSecretAndKey(String message, String expected) {
    assertThat(missing.explained(new Hitch("FailedMount", message)))
        .isEqualTo(new Hitch("SecretNotFound", expected));
  }

  @Test
  void leavesOtherHitchesAsTheyAre() {
    var other = new Hitch("FailedMount", "timed out waiting for the condition");

    assertThat(missing.explained(other)).isEqualTo(other);
  }
}
