package dev.stagewright.worker.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.layers.oci.Platform;
import dev.stagewright.protocol.BuildRequest;
import dev.stagewright.protocol.LayerOptions;
import dev.stagewright.protocol.SourceRequest;
import dev.stagewright.worker.Log;
import dev.stagewright.worker.PhasePaths;
import dev.stagewright.worker.source.git.GitRepository;
import dev.stagewright.worker.source.git.GitServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourcesTest {
  @TempDir private Path directory;

  @Test
  void opensInlineFiles() throws Exception {
    try (var tree = open(new SourceRequest.Inline(Map.of("Dockerfile", "FROM a")))) {
      assertThat(tree.entry("Dockerfile")).isPresent();
      assertThat(tree.revision()).isEmpty();
    }
  }

  @Test
  void opensAMountedVolume() throws Exception {
    Files.writeString(Files.createDirectories(directory.resolve("source")).resolve("a.txt"), "a");

    for (var source : List.of(new SourceRequest.Mounted(), new SourceRequest.Volume())) {
      try (var tree = open(source)) {
        assertThat(tree.entry("a.txt")).isPresent();
      }
    }
  }

  @Test
  void opensGitWithTheMountedSecret() throws Exception {
    var commit = GitRepository.create(directory.resolve("private/hello")).commit("first");
    var secret = Files.createDirectories(directory.resolve("git/credentials/secret"));
    Files.writeString(secret.resolve("username"), "jane\n");
    Files.writeString(secret.resolve("password"), "secret\n");

    try (var server = GitServer.start(directory);
        var tree =
            open(
                new SourceRequest.Git(
                    server.url("private/hello"), Optional.empty(), Optional.empty()))) {
      assertThat(tree.revision()).contains(commit);
    }
  }

  private SourceTree open(SourceRequest source) throws IOException {
    var request =
        BuildRequest.builder(
                "team/hello",
                source,
                Platform.LINUX_AMD64,
                BuildRequest.Output.to(
                    ImageReference.parse("registry.example.com/hello:1"), LayerOptions.DEFAULT))
            .build();
    return new Sources(
            PhasePaths.of(
                List.of(
                    "--workspace", directory.resolve("workspace").toString(),
                    "--source", directory.resolve("source").toString(),
                    "--git", directory.resolve("git").toString())),
            InputStream.nullInputStream(),
            new Log(new PrintStream(OutputStream.nullOutputStream(), false, UTF_8)))
        .open(request);
  }
}
