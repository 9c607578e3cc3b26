package dev.stagewright.kubectl.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.registry.auth.Credential;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DockerLoginsTest {
  private static final ImageReference IMAGE = ImageReference.parse("harbor.example.com/team/app");

  @TempDir private Path folder;

  private Optional<Credential> find(String config) throws Exception {
    Files.writeString(folder.resolve("config.json"), config);
    return new DockerLogins(folder.resolve("config.json")).read(IMAGE.registry()).find(IMAGE);
  }

  @Test
  void areThoseOfTheFile() throws Exception {
    assertThat(find("{\"auths\":{\"harbor.example.com\":{\"auth\":\"dTpw\"}}}"))
        .contains(new Credential.Password("u", "p"));
  }

  @Test
  void areNoneWithoutAFile() throws Exception {
    assertThat(new DockerLogins(folder.resolve("missing")).read("a.example.com").find(IMAGE))
        .isEmpty();
  }

  @Test
  void saysWhichHelperIsMissing() {
    assertThatThrownBy(() -> find("{\"credHelpers\":{\"harbor.example.com\":\"not-installed\"}}"))
        .isInstanceOf(CacheException.class)
        .hasMessage(
            "cannot run docker-credential-not-installed, which the Docker config names for"
                + " harbor.example.com");
  }

  @Test
  void doNotAskTheHelperOfAnotherRegistry() throws Exception {
    assertThat(find("{\"credHelpers\":{\"other.example.com\":\"not-installed\"}}")).isEmpty();
  }

  @Test
  void areInTheFolderOfTheEnvironment() throws IOException {
    var home = Path.of("/home/user");
    assertThat(DockerLogins.of(Map.of("DOCKER_CONFIG", "/conf"), home).config())
        .isEqualTo(Path.of("/conf/config.json"));
    assertThat(DockerLogins.of(Map.of(), home).config())
        .isEqualTo(Path.of("/home/user/.docker/config.json"));
  }
}
