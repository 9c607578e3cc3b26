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

/** The formats of Secrets with registry credentials. */
final class CredentialDirectoryTest {
  private static final ImageReference IMAGE = ImageReference.parse("h.example.com/team/app");
  private static final Credential JANE = new Credential.Password("jane", "secret");

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        ".dockerconfigjson | {'auths':{'h.example.com':{'username':'jane','password':'secret'}}}",
        "config.json       | {'auths':{'h.example.com':{'username':'jane','password':'secret'}}}",
        ".dockercfg        | {'h.example.com':{'username':'jane','password':'secret'}}",
        ".dockercfg        | {'https://h.example.com':{'auth':'amFuZTpzZWNyZXQ='}}",
      })
  void readsDockerConfigKeys(String key, String json) throws IOException {
    assertThat(read(Map.of(key, json.replace('\'', '"')), Optional.empty()).find(IMAGE))
        .contains(JANE);
  }

  @Test
  void readsUserAndPasswordOfRegistry() throws IOException {
    var credentials =
        read(Map.of("username", "jane", "password", "secret\n"), Optional.of("h.example.com"));

    assertThat(credentials.find(IMAGE)).contains(JANE);
    assertThat(credentials.find(ImageReference.parse("other.example.com/team/app"))).isEmpty();
  }

  @Test
  void ignoresMissingSecret() throws IOException {
    assertThat(read(Map.of(), Optional.empty()).note(IMAGE)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "token          | hidden | the Secret has none of the keys .dockerconfigjson, config.json,",
        "ssh-privatekey | hidden | only ssh-privatekey; create one with \"kubectl create secret",
        "config.json    | hidden | key config.json: not a Docker config: invalid JSON in line 1",
        ".dockercfg     | []     | key .dockercfg: not a Docker config: not a JSON object",
      })
  void reportsSecretKeyAndProblem(String key, String content, String why) {
    assertThatThrownBy(() -> read(Map.of(key, content), Optional.empty()))
        .isInstanceOf(MalformedCredentialsException.class)
        .hasMessageStartingWith("Secret login")
        .hasMessageContaining(why)
        .hasMessageNotContaining("hidden");
  }

  @Test
  void reportsDoubleEncoding() {
    var once =
        Base64.getEncoder().encodeToString("{\"auths\":{}}".getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> read(Map.of(".dockerconfigjson", once), Optional.empty()))
        .hasMessageEndingWith("the content is base64-encoded twice");
  }

  @Test
  void rejectsUserAndPasswordWithoutRegistry() throws IOException {
    var content = Map.of("username", "jane", "password", "secret");

    assertThatThrownBy(() -> read(content, Optional.empty()))
        .hasMessageStartingWith(
            "Secret login: the Secret has a username and a password without a registry");
    assertThat(
            new CredentialDirectory("Secret login", directory, Optional.empty())
                .readIfUsable()
                .note(IMAGE))
        .startsWith("Secret login: the Secret has a username and a password");
  }

  private Credentials read(Map<String, String> content, Optional<String> host) throws IOException {
    for (var entry : content.entrySet()) {
      Files.writeString(directory.resolve(entry.getKey()), entry.getValue());
    }
    return new CredentialDirectory("Secret login", directory, host).read();
  }
}
