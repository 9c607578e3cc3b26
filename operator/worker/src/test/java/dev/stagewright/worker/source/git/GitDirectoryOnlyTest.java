package dev.stagewright.worker.source.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.SourceRequest;
import dev.stagewright.worker.source.SourceEntry;
import dev.stagewright.worker.source.SourceTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One directory of a large repository. */
class GitDirectoryOnlyTest {
  private static final int LARGE = 4 << 20;

  @TempDir private Path directory;
  private GitServer server;
  private GitRepository repository;
  private String commit;

  @BeforeEach
  void serve() throws Exception {
    GitRepository.create(directory.resolve("lib")).write("lib.c", "int lib;\n");
    new GitRepository(directory.resolve("lib")).commit("lib");
    repository = GitRepository.create(directory.resolve("mono"));
    repository.write("web/Dockerfile", "FROM scratch\n");
    repository.write("web/src/main.c", "int main;\n");
    var large = new byte[LARGE];
    new Random(1).nextBytes(large);
    Files.write(repository.write("assets/large.bin", ""), large);
    commit = repository.commit("first");
    server = GitServer.start(directory);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void fetchesNoFilesOutsideOfDirectory() throws Exception {
    repository.git("config", "uploadpack.allowFilter", "true");

    for (var revision : new String[] {"main", commit, commit.substring(0, 8)}) {
      var before = server.sent();
      try (var tree = source(Optional.of(revision), "web").fetch(false)) {
        assertThat(contents(tree))
            .containsOnly(
                Map.entry("Dockerfile", "FROM scratch\n"), Map.entry("src/main.c", "int main;\n"));
        assertThat(tree.revision()).contains(commit);
      }
      assertThat(server.sent() - before).as(revision).isLessThan(10_000);
    }
  }

  @Test
  void fetchesAllFilesFromServersWithoutPartialClones() throws Exception {
    try (var tree = source(Optional.empty(), "./web/").fetch(false)) {
      assertThat(contents(tree)).containsKey("src/main.c").hasSize(2);
    }
    assertThat(server.sent()).isGreaterThan(LARGE);
  }

  @Test
  void fetchesSubmodulesOfDirectory() throws Exception {
    repository.git("config", "uploadpack.allowFilter", "true");
    repository.git(
        "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", "../lib", "web/lib");
    repository.commit("submodule");

    try (var tree = source(Optional.empty(), "web").fetch(false)) {
      assertThat(contents(tree)).containsEntry("lib/lib.c", "int lib;\n");
    }
    assertThat(server.sent()).isLessThan(20_000);
  }

  @Test
  void reportsMissingDirectoryAndRevision() throws Exception {
    repository.git("config", "uploadpack.allowFilter", "true");

    assertThat(messageOf(source(Optional.empty(), "absent")))
        .isEqualTo("there is no directory absent in " + server.url("mono"));
    assertThat(messageOf(source(Optional.of("absent"), "web")))
        .isEqualTo("no branch, tag or commit absent in " + server.url("mono"));
    assertThat(directory.resolve("scratch")).doesNotExist();
  }

  private GitSource source(Optional<String> revision, String path) {
    return new GitSource(
        new SourceRequest.Git(server.url("mono"), revision, Optional.of(path)),
        new GitMounts(directory.resolve("mounts"), Map.of()),
        directory.resolve("scratch"),
        Duration.ofSeconds(20));
  }

  private static String messageOf(GitSource source) {
    return catchThrowableOfType(BuildFailedException.class, () -> source.fetch(false))
        .failure()
        .message();
  }

  private static Map<String, String> contents(SourceTree tree) throws IOException {
    var contents = new TreeMap<String, String>();
    tree.walk(entry -> {
      if (entry instanceof SourceEntry.File file) {
        try (var in = file.content().open()) {
          contents.put(file.path(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
      }
    });
    return contents;
  }
}
