package dev.stagewright.worker.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.worker.source.InlineTree;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DockerfileTextTest {

  @Test
  void findsDefaultNames() throws Exception {
    assertThat(read(Map.of("Dockerfile", "FROM a", "dockerfile", "FROM b"), Optional.empty()))
        .isEqualTo(new DockerfileText("Dockerfile", "FROM a", Optional.empty()));
    assertThat(read(Map.of("dockerfile", "FROM b"), Optional.empty()).path())
        .isEqualTo("dockerfile");
  }

  @Test
  void prefersIgnoreFileOfDockerfile() throws Exception {
    var files =
        Map.of(
            "build/web.Dockerfile", "FROM a",
            "build/web.Dockerfile.dockerignore", "*.md",
            ".dockerignore", "*.txt",
            "Dockerfile", "FROM b");

    var own = read(files, Optional.of("build/web.Dockerfile")).ignore().orElseThrow();
    assertThat(own.ignores("a.md")).isTrue();
    assertThat(own.ignores("a.txt")).isFalse();
    assertThat(read(files, Optional.empty()).ignore().orElseThrow().ignores("a.txt")).isTrue();
  }

  @Test
  void reportsMissingFile() {
    var failure =
        catchThrowableOfType(
                BuildFailedException.class,
                () -> read(Map.of("Dockerfile", "FROM a"), Optional.of("web/Dockerfile")))
            .failure();

    assertThat(failure.reason()).isEqualTo(FailureReason.DockerfileNotFound);
    assertThat(failure.message())
        .startsWith("failed to read dockerfile: open web/Dockerfile: no such file or directory");
  }

  @Test
  void suggestsSimilarFiles() {
    var files =
        Map.of(
            "build/web.Dockerfile", "FROM a",
            "docker/Dockerfile", "FROM a",
            "docker/Dockerfile.dockerignore", "",
            "Makefile", "");

    assertThat(messageOf(files, "build/wed.Dockerfile"))
        .contains("spec.dockerfile", "the source has build/web.Dockerfile, docker/Dockerfile")
        .doesNotContain("Makefile", "dockerignore");
    assertThat(messageOf(Map.of("Makefile", ""), "Dockerfile")).endsWith("the source");
    assertThat(messageOf(Map.of("build.d/x", "", "Dockerfile", ""), "build.d"))
        .contains("open build.d: is a directory", "spec.dockerfile");
    assertThat(messageOf(files, "../x")).startsWith("spec.dockerfile \"../x\" is outside");
  }

  private static String messageOf(Map<String, String> files, String dockerfile) {
    return catchThrowableOfType(
            BuildFailedException.class, () -> read(files, Optional.of(dockerfile)))
        .failure()
        .message();
  }

  @Test
  void reportsLineOfInvalidIgnoreFile() {
    var files = Map.of("Dockerfile", "FROM a", ".dockerignore", "*.md\n!\n");

    var failure =
        catchThrowableOfType(BuildFailedException.class, () -> read(files, Optional.empty()))
            .failure();
    assertThat(failure.reason()).isEqualTo(FailureReason.DockerfileInvalid);
    assertThat(failure.message()).startsWith("failed to read .dockerignore, line 2: ");
  }

  private static DockerfileText read(Map<String, String> files, Optional<String> wanted)
      throws IOException {
    return DockerfileText.read(new InlineTree(files), wanted);
  }
}
