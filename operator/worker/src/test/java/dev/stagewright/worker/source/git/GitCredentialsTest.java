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

/** The forms that the Secret of a git source may have. */
class GitCredentialsTest {
  @TempDir private Path folder;

  @Test
  void thereAreNoneWithoutASecret() throws IOException {
    assertThat(GitCredentials.read(folder.resolve("missing"))).isEmpty();
  }

  @Test
  void userAndPasswordOrATokenAloneWillDo() throws IOException {
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
        "ssh-privatekey    | x  | it holds a key for SSH, and spec.source.git.url is read over https",
        ".dockerconfigjson | {} | it has none of the keys password and token, but .dockerconfigjson",
        "username          | me | it has none of the keys password and token, but username",
        "password          | ' ' | its key password is empty",
      })
  void oneOfNoUseIsNamedWithWhatIsWrong(String key, String content, String why) {
    assertThatThrownBy(() -> read("login", Map.of(key, content)))
        .isInstanceOf(BuildFailedException.class)
        .hasMessageContaining("Secret login of spec.source.git.credentials: " + why);
  }

  private Optional<GitCredentials> read(String name, Map<String, String> content)
      throws IOException {
    var secret = Files.createDirectories(folder.resolve(name + "-mount/" + name));
    for (var entry : content.entrySet()) {
      Files.writeString(secret.resolve(entry.getKey()), entry.getValue());
    }
    return GitCredentials.read(folder.resolve(name + "-mount"));
  }
}
