package dev.stagewright.worker.source.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagewright.protocol.BuildFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The formats of the Secret of a git source. */
class GitCredentialsTest {
  @TempDir private Path directory;

  @Test
  void returnsNothingWithoutSecret() throws IOException {
    assertThat(GitCredentials.read(directory.resolve("missing"))).isEmpty();
  }

  @Test
  void readsUserAndPasswordOrToken() throws IOException {
    assertThat(read("a", Map.of("username", "jane", "password", "secret\n")))
        .contains(new GitCredentials("jane", "secret"));
    assertThat(read("b", Map.of("password", "secret"))).contains(new GitCredentials("", "secret"));
    assertThat(read("c", Map.of("token", "secret")))
        .contains(new GitCredentials("x-access-token", "secret"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ssh-privatekey    | x  | the Secret contains an SSH key, but spec.source.git.url uses https",
        ".dockerconfigjson | {} | the Secret has neither of the keys password and token, only .dockerconfigjson",
        "username          | me | the Secret has neither of the keys password and token, only username",
        "password          | ' ' | the key password is empty",
      })
  void reportsUnusableSecret(String key, String content, String why) {
    assertThatThrownBy(() -> read("login", Map.of(key, content)))
        .isInstanceOf(BuildFailedException.class)
        .hasMessageContaining("Secret login of spec.source.git.credentials: " + why);
  }

  private Optional<GitCredentials> read(String name, Map<String, String> content)
      throws IOException {
    var secret = Files.createDirectories(directory.resolve(name + "-mount/" + name));
    for (var entry : content.entrySet()) {
      Files.writeString(secret.resolve(entry.getKey()), entry.getValue());
    }
    return GitCredentials.read(directory.resolve(name + "-mount"));
  }
}
