package dev.stagewright.registry.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagewright.layers.oci.ImageReference;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The forms that a Secret with credentials of registries may have. */
final class CredentialDirectoryTest {
  private static final ImageReference IMAGE = ImageReference.parse("h.example.com/team/app");
  private static final Credential JANE = new Credential.Password("jane", "secret");

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        ".dockerconfigjson | {'auths':{'h.example.com':{'username':'jane','password':'secret'}}}",
        "config.json       | {'auths':{'h.example.com':{'username':'jane','password':'secret'}}}",
        ".dockercfg        | {'h.example.com':{'username':'jane','password':'secret'}}",
        ".dockercfg        | {'https://h.example.com':{'auth':'amFuZTpzZWNyZXQ='}}",
      })
  void takesDockerConfigsUnderTheirUsualKeys(String key, String json) throws IOException {
    assertThat(read(Map.of(key, json.replace('\'', '"')), Optional.empty()).find(IMAGE))
        .contains(JANE);
  }

  @Test
  void takesUserAndPasswordForTheRegistryThatTheyAreNamedFor() throws IOException {
    var credentials =
        read(Map.of("username", "jane", "password", "secret\n"), Optional.of("h.example.com"));

    assertThat(credentials.find(IMAGE)).contains(JANE);
    assertThat(credentials.find(ImageReference.parse("other.example.com/team/app"))).isEmpty();
  }

  @Test
  void takesASecretThatIsNotThereForNone() throws IOException {
    assertThat(read(Map.of(), Optional.empty()).remark(IMAGE)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "token          | hidden | it has none of the keys .dockerconfigjson, config.json,",
        "ssh-privatekey | hidden | but ssh-privatekey; make one with \"kubectl create secret",
        "config.json    | hidden | key config.json: not a Docker config: no JSON, line 1",
        ".dockercfg     | []     | key .dockercfg: not a Docker config: no JSON object",
      })
  void namesSecretKeyAndWhatIsWrong(String key, String content, String why) {
    assertThatThrownBy(() -> read(Map.of(key, content), Optional.empty()))
        .isInstanceOf(MalformedCredentialsException.class)
        .hasMessageStartingWith("Secret login")
        .hasMessageContaining(why)
        .hasMessageNotContaining("hidden");
  }

  @Test
  void saysThatAConfigWasEncodedTwice() {
    var once =
        Base64.getEncoder().encodeToString("{\"auths\":{}}".getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> read(Map.of(".dockerconfigjson", once), Optional.empty()))
        .hasMessageEndingWith("it was encoded in base64 twice");
  }

  @Test
  void saysThatUserAndPasswordAreForNoRegistryWhereNoneIsNamed() throws IOException {
    var content = Map.of("username", "jane", "password", "secret");

    assertThatThrownBy(() -> read(content, Optional.empty()))
        .hasMessageStartingWith("Secret login: its username and password are for no registry");
    assertThat(
            new CredentialDirectory("Secret login", folder, Optional.empty())
                .readIfUsable()
                .remark(IMAGE))
        .startsWith("Secret login: its username and password");
  }

  private Credentials read(Map<String, String> content, Optional<String> host) throws IOException {
    for (var entry : content.entrySet()) {
      Files.writeString(folder.resolve(entry.getKey()), entry.getValue());
    }
    return new CredentialDirectory("Secret login", folder, host).read();
  }
}
