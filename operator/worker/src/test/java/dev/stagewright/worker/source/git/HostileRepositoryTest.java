package dev.stagewright.worker.source.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.SourceRequest;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Repositories that git itself would not check out. */
class HostileRepositoryTest {
  @TempDir private Path directory;
  private GitServer server;
  private GitRepository repository;

  @BeforeEach
  void serve() throws Exception {
    repository = GitRepository.create(directory.resolve("hostile"));
    repository.write("Dockerfile", "FROM scratch\n");
    repository.commit("first");
    server = GitServer.start(directory);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"..", ".", ".git", ".GIT", "a/../../b", "/etc"})
  void namesThatLeaveTheRepositoryAreRefused(String name) throws Exception {
    commitFileWithName(name);

    var failure = failure();

    assertThat(failure.reason()).isEqualTo(FailureReason.SourceInvalid);
    assertThat(failure.message())
        .contains("has a file with the name " + name + ", which git does not allow");
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "ext::sh -c 'touch PROOF'",
        "--upload-pack=touch PROOF",
        "file:///etc",
        "/etc",
        "https://",
      })
  void submodulesAreFetchedFromServersOnly(String url) throws Exception {
    var proof = directory.resolve("proof");
    repository.write(
        ".gitmodules",
        """
        [submodule "lib"]
          path = lib
          url = "%s"
          update = "!touch %s"
        """
            .formatted(url.replace("PROOF", proof.toString()), proof));
    var commit = repository.git("rev-parse", "HEAD");
    repository.git("update-index", "--add", "--cacheinfo", "160000," + commit + ",lib");
    repository.git("add", ".gitmodules");
    repository.git("commit", "--quiet", "--message", "submodule");

    assertThat(failure().reason().fault()).isNotEqualTo(FailureReason.Fault.INTERNAL);
    assertThat(proof).doesNotExist();
  }

  @Test
  void hooksAndFiltersOfTheRepositoryDoNotRun() throws Exception {
    var proof = directory.resolve("proof");
    repository.write(".gitattributes", "* filter=evil diff=evil\n");
    repository.git("config", "filter.evil.smudge", "touch " + proof);
    repository.write("hooks/post-checkout", "#!/bin/sh\ntouch " + proof + "\n");
    repository.commit("attributes");

    try (var tree = source().fetch(true)) {
      tree.walk(_ -> {});
    }

    assertThat(proof).doesNotExist();
  }

  /** Writes a tree object as it is, since git and JGit refuse to. */
  private void commitFileWithName(String name) throws Exception {
    var blob = repository.git("rev-parse", "HEAD:Dockerfile");
    var tree = new ByteArrayOutputStream();
    tree.write(("100644 " + name + "\0").getBytes(StandardCharsets.UTF_8));
    tree.write(HexFormat.of().parseHex(blob));
    try (var opened =
            new FileRepositoryBuilder()
                .setGitDir(repository.folder().resolve(".git").toFile())
                .build();
        ObjectInserter inserter = opened.newObjectInserter()) {
      var id = inserter.insert(Constants.OBJ_TREE, tree.toByteArray());
      inserter.flush();
      var commit = repository.git("commit-tree", id.name(), "-m", "hostile");
      repository.git("update-ref", "refs/heads/main", commit);
    }
  }

  private Failure failure() {
    var failed =
        catchThrowableOfType(
            BuildFailedException.class,
            () -> {
              try (var tree = source().fetch(false)) {
                tree.walk(_ -> {});
              }
            });
    assertThat(failed).isNotNull();
    return failed.failure();
  }

  private GitSource source() {
    return new GitSource(
        new SourceRequest.Git(server.url("hostile"), Optional.empty(), Optional.empty()),
        new GitMounts(directory.resolve("mounts"), Map.of()),
        directory.resolve("scratch"),
        Duration.ofSeconds(20));
  }
}
