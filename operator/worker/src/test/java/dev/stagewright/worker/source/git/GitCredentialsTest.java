package dev.stagewright.worker.source.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagewright.protocol.BuildFailedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The formats of the Secret of a git source. */
class GitCredentialsTest {
  private static final GitUrl HTTPS = GitUrl.parse("url", "https://git.example.com/team/app.git");
  private static final GitUrl SSH = GitUrl.parse("url", "git@git.example.com:team/app.git");

  @TempDir private Path directory;

  @Test
  void returnsNothingWithoutSecret() throws IOException {
    assertThat(read("missing", HTTPS, Map.of())).isEmpty();
  }

  @Test
  void readsUserAndPasswordOrToken() throws IOException {
    assertThat(read("a", HTTPS, Map.of("username", "jane", "password", "secret\n")))
        .contains(new GitCredentials.Login("jane", "secret"));
    assertThat(read("b", HTTPS, Map.of("password", "secret")))
        .contains(new GitCredentials.Login("", "secret"));
    assertThat(read("c", HTTPS, Map.of("token", "secret")))
        .contains(new GitCredentials.Login("x-access-token", "secret"));
    assertThat(read("d", HTTPS, Map.of("bearerToken", "secret")))
        .contains(new GitCredentials.BearerToken("secret"));
  }

  @Test
  void hidesSecretsInText() {
    assertThat(new GitCredentials.Login("jane", "secret").toString()).doesNotContain("secret");
    assertThat(new GitCredentials.BearerToken("secret").toString()).doesNotContain("secret");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ssh-privatekey    | x  | the Secret contains an SSH key, but spec.source.git.url uses https",
        ".dockerconfigjson | {} | the Secret has none of the keys password, token and bearerToken, only .dockerconfigjson",
        "username          | me | the Secret has none of the keys password, token and bearerToken, only username",
        "password          | ' ' | the key password is empty",
      })
  void reportsUnusableSecret(String key, String content, String why) {
    assertThatThrownBy(() -> read("login", HTTPS, Map.of(key, content)))
        .isInstanceOf(BuildFailedException.class)
        .hasMessageContaining("Secret login of spec.source.git.credentials: " + why);
  }

  @Test
  void reportsSecretWithoutPrivateKey() {
    assertThatThrownBy(() -> read("login", SSH, Map.of("password", "secret")))
        .isInstanceOf(BuildFailedException.class)
        .hasMessageContaining(
            "the URL is an SSH URL, but the Secret has no key ssh-privatekey, only password");
  }

  private Optional<GitCredentials> read(String name, GitUrl url, Map<String, String> content)
      throws IOException {
    return TestMounts.credentials(directory.resolve(name), content).credentials(url);
  }
}
