package dev.stagewright.worker.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.dockerfile.eval.AddSource;
import dev.stagewright.layers.tar.IndexedTar;
import dev.stagewright.layers.tar.TarEntry;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.worker.source.git.GitRepository;
import dev.stagewright.worker.source.git.GitServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitRepositoryFetcherTest {
  @TempDir private Path folder;
  private Fetching fetching;
  private GitServer server;
  private GitRepository repository;
  private String commit;

  @BeforeEach
  void serve() throws Exception {
    fetching = new Fetching(folder.resolve("workspace"));
    repository = GitRepository.create(folder.resolve("repositories/hello"));
    assertThat(repository.write("run.sh", "#!/bin/sh\n").toFile().setExecutable(true)).isTrue();
    repository.write("src/main.c", "int main;\n");
    commit = repository.commit("first");
    repository.git("tag", "v1");
    server = GitServer.start(folder.resolve("repositories"));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void fetchesFilesWithNewTimes() throws Exception {
    try (var tar = fetching.fetch(git("hello"))) {
      var now = Fetching.NOW.getEpochSecond();
      assertThat(tar.entry("run.sh"))
          .contains(TarEntry.file("run.sh", 10).withMode(0755).withMtime(now, 0));
      assertThat(paths(tar)).containsExactly("run.sh", "src", "src/main.c");
    }
    assertThat(fetching.log()).startsWith("fetched " + server.url("hello"));
    assertThat(fetching.files("r0")).containsExactly("files.idx", "files.tar");
  }

  @Test
  void fetchesDirectoryOfTag() throws Exception {
    repository.write("src/later.c", "");
    repository.commit("second");

    var source =
        new AddSource.Git(
            server.url("hello"), Optional.of("v1"), Optional.of("src"), true, Optional.empty());
    try (var tar = fetching.fetch(source)) {
      assertThat(paths(tar)).containsExactly("main.c");
    }
  }

  @Test
  void keepsUsableGitDirectory() throws Exception {
    var source =
        new AddSource.Git(
            server.url("hello"), Optional.of("main"), Optional.empty(), true, Optional.empty());
    try (var tar = fetching.fetch(source)) {
      var copy = new GitRepository(unpack(tar, folder.resolve("copy")));
      assertThat(copy.git("rev-parse", "HEAD")).isEqualTo(commit);
      assertThat(copy.git("status", "--porcelain")).isEmpty();
      assertThat(copy.git("remote", "get-url", "origin")).isEqualTo(server.url("hello"));
      assertThat(copy.git("fsck")).doesNotContain("error", "missing");
    }
  }

  @Test
  void fetchesNestedSubmodules() throws Exception {
    var inner = GitRepository.create(folder.resolve("repositories/inner"));
    inner.write("deep.txt", "deep");
    inner.commit("inner");
    var outer = GitRepository.create(folder.resolve("repositories/outer"));
    outer.write("outer.txt", "outer");
    addSubmodule(outer, "../inner", "in");
    outer.commit("outer");
    addSubmodule(repository, "../outer", "lib/out");
    repository.commit("with submodules");

    try (var tar = fetching.fetch(git("hello"))) {
      assertThat(paths(tar))
          .contains("lib/out", "lib/out/outer.txt", "lib/out/in", "lib/out/in/deep.txt");
      assertThat(read(tar, "lib/out/in/deep.txt")).isEqualTo("deep");
    }
    assertThat(fetching.files("r0")).containsExactly("files.idx", "files.tar");
  }

  @Test
  void verifiesAbbreviatedCommit() throws Exception {
    fetching.fetch(git("hello", commit.substring(0, 8))).close();

    var failure = fetching.failureOf(git("hello", "0123abcd"));
    assertThat(failure.reason()).isEqualTo(FailureReason.ChecksumMismatch);
    assertThat(failure.message())
        .startsWith("ADD failed: expected checksum to match 0123abcd, got " + commit);
  }

  @Test
  void reportsMissingRepositoryAtInstruction() {
    var failure = fetching.failureOf(git("absent"));

    assertThat(failure.reason()).isEqualTo(FailureReason.RemoteNotFound);
    assertThat(failure.message())
        .isEqualTo("ADD failed: there is no git repository at " + server.url("absent"));
    assertThat(failure.position()).contains(Fetching.ADD);
  }

  @Test
  void reportsRequiredSecret() {
    assertThat(fetching.failureOf(git("private/hello")).message())
        .contains("provide a token as the build secret GIT_AUTH_TOKEN.127.0.0.1");
  }

  @Test
  void reportsRejectedToken() throws Exception {
    fetching.secret("GIT_AUTH_TOKEN", "wrong");

    assertThat(fetching.failureOf(git("private/hello")).message())
        .contains("rejects the token of the build secret GIT_AUTH_TOKEN");
  }

  private AddSource git(String path, String... checksum) {
    return new AddSource.Git(
        server.url(path),
        Optional.empty(),
        Optional.empty(),
        false,
        List.of(checksum).stream().findFirst());
  }

  private static void addSubmodule(GitRepository to, String url, String path) throws Exception {
    var name = url.substring("../".length());
    var from = to.folder().resolveSibling(name);
    to.git("-c", "protocol.file.allow=always", "submodule", "add", from.toString(), path);
    to.git("config", "--file", ".gitmodules", "submodule." + path + ".url", url);
  }

  private static List<String> paths(IndexedTar tar) {
    var paths = new ArrayList<String>();
    var left = new ArrayDeque<>(List.of(""));
    while (!left.isEmpty()) {
      var directory = left.removeFirst();
      for (var name : tar.children(directory)) {
        var path = directory.isEmpty() ? name : directory + "/" + name;
        paths.add(path);
        left.add(path);
      }
    }
    return paths.stream().filter(path -> !path.equals(".gitmodules")).sorted().toList();
  }

  private static Path unpack(IndexedTar tar, Path into) throws IOException {
    for (var path : paths(tar)) {
      var file = into.resolve(path);
      if (tar.entry(path).orElseThrow().type() == TarEntry.Type.DIRECTORY) {
        Files.createDirectories(file);
      } else {
        Files.createDirectories(file.getParent());
        Files.write(file, tar.open(path).readAllBytes());
        assertThat(file.toFile().setExecutable((tar.entry(path).orElseThrow().mode() & 0100) != 0))
            .isTrue();
      }
    }
    return into;
  }

  private static String read(IndexedTar tar, String path) throws IOException {
    try (var content = tar.open(path)) {
      return new String(content.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
