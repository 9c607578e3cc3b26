package dev.stagewright.worker.source.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import dev.stagewright.layers.tar.RawName;
import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.SourceRequest;
import dev.stagewright.worker.source.SourceEntry;
import dev.stagewright.worker.source.SourceTree;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GitSourceTest {
  @TempDir private Path directory;
  private GitServer server;
  private GitRepository repository;
  private String first;
  private String second;

  @BeforeEach
  void serve() throws Exception {
    repository = GitRepository.create(directory.resolve("hello"));
    repository.write("Dockerfile", "FROM scratch\n");
    first = repository.commit("first");
    repository.git("tag", "--annotate", "v1", "--message", "one");
    repository.write("src/main.c", "int main;\n");
    second = repository.commit("second");
    server = GitServer.start(directory);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void fetchesHeadWithoutRevision() throws Exception {
    try (var tree = fetch(Optional.empty())) {
      assertThat(tree.revision()).contains(second);
      assertThat(listing(tree)).containsExactly("f Dockerfile", "d src", "f src/main.c");
      assertThat(read(tree, "src/main.c")).isEqualTo("int main;\n");
    }
  }

  @Test
  void fetchesBranch() throws Exception {
    repository.git("branch", "release/1.0", first);

    assertThat(revisionOf("release/1.0")).contains(first);
  }

  @Test
  void fetchesAnnotatedTag() throws Exception {
    assertThat(revisionOf("v1")).contains(first);
  }

  @Test
  void prefersBranchToTag() throws Exception {
    repository.git("branch", "v1", second);

    assertThat(revisionOf("v1")).contains(second);
    assertThat(revisionOf("refs/tags/v1")).contains(first);
  }

  @Test
  void fetchesFullOrAbbreviatedCommitId() throws Exception {
    assertThat(revisionOf(first)).contains(first);
    assertThat(revisionOf(first.substring(0, 7))).contains(first);
  }

  @Test
  void acceptsUpperCaseCommitIds() throws Exception {
    assertThat(revisionOf(first.toUpperCase(Locale.ROOT))).contains(first);
    assertThat(revisionOf(first.substring(0, 7).toUpperCase(Locale.ROOT))).contains(first);
  }

  @Test
  void reportsMalformedRevision() {
    for (var row :
        Map.of(
                "abc",
                "an abbreviated commit ID requires at least four digits",
                "a".repeat(64),
                "a commit ID has 40 digits, but the revision has 64",
                " main",
                "the revision begins or ends with a space")
            .entrySet()) {
      assertThat(
              failureOf(request(server.url("hello"), Optional.of(row.getKey())), Map.of())
                  .message())
          .startsWith("no branch, tag or commit " + row.getKey())
          .endsWith(row.getValue());
    }
  }

  @Test
  void keepsGitDirectoryOfCleanCheckout() throws Exception {
    var link = repository.folder().resolve("latest");
    Files.createSymbolicLink(link, Path.of("src/main.c"));
    assertThat(repository.write("run.sh", "#!/bin/sh\n").toFile().setExecutable(true)).isTrue();
    var head = repository.commit("third");
    repository.git("tag", "--annotate", "v3", "--message", "three");
    var request = request(server.url("hello"), Optional.of("v3"));

    try (var tree = source(request, Map.of()).fetch(true)) {
      var copy = new GitRepository(unpacked(tree));
      assertThat(copy.git("status", "--porcelain", "--ignored")).isEmpty();
      assertThat(copy.git("diff-index", "--name-only", "HEAD")).isEmpty();
      assertThat(copy.git("rev-parse", "HEAD")).isEqualTo(head);
      assertThat(copy.git("describe", "--dirty")).isEqualTo("v3");
      assertThat(copy.git("log", "-1", "--format=%s")).isEqualTo("third");
      assertThat(copy.git("remote", "get-url", "origin")).isEqualTo(server.url("hello"));
      assertThat(copy.git("rev-parse", "--is-shallow-repository")).isEqualTo("true");
      assertThat(copy.git("fsck", "--no-dangling")).isNotNull();
      assertThat(tree.entry(".git/HEAD")).isPresent();
      assertThat(tree.isAlwaysIncluded(".git/HEAD")).isTrue();
      assertThat(tree.isAlwaysIncluded(".gitignore")).isFalse();
    }
  }

  @Test
  void keepsRequestedBranchWithoutCredentials() throws Exception {
    GitRepository.create(directory.resolve("private/hello")).commit("first");
    var request = request(server.url("private/hello"), Optional.empty());

    try (var tree = source(request, login("secret")).fetch(true)) {
      var copy = unpacked(tree);
      assertThat(new GitRepository(copy).git("for-each-ref", "--format=%(refname)"))
          .isEqualTo("refs/heads/main");
      try (var files = Files.walk(copy.resolve(".git"))) {
        for (var file : files.filter(Files::isRegularFile).toList()) {
          assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
              .as(file.toString())
              .doesNotContain("secret", "jane");
        }
      }
    }
  }

  @Test
  void ignoresExcludedFilesInStatus() throws Exception {
    var request = request(server.url("hello"), Optional.of("main"));

    try (var tree = source(request, Map.of()).fetch(true)) {
      tree.exclude(path -> path.startsWith("src"));
      var copy = unpacked(tree);
      Files.delete(copy.resolve("src/main.c"));
      Files.delete(copy.resolve("src"));

      var git = new GitRepository(copy);
      assertThat(git.git("status", "--porcelain")).isEmpty();
      assertThat(git.git("diff-index", "--name-only", "HEAD")).isEmpty();
      Files.writeString(copy.resolve("Dockerfile"), "FROM other\n");
      assertThat(git.git("status", "--porcelain")).isEqualTo("M Dockerfile");
    }
  }

  /** Creates a working tree from the source, with its times. */
  private Path unpacked(SourceTree tree) throws IOException {
    var copy = Files.createDirectory(directory.resolve("copy"));
    tree.walk(entry -> {
      var path = copy.resolve(RawName.text(entry.path()));
      switch (entry) {
        case SourceEntry.Directory _ -> Files.createDirectory(path);
        case SourceEntry.Link(_, var target) -> Files.createSymbolicLink(path, Path.of(target));
        case SourceEntry.File file -> {
          try (var in = file.content().open()) {
            Files.copy(in, path);
          }
          assertThat(path.toFile().setExecutable(file.executable())).isTrue();
        }
        case SourceEntry.Exact exact -> throw new IllegalStateException(exact.toString());
      }
      if (!(entry instanceof SourceEntry.Link)) {
        Files.setLastModifiedTime(path, FileTime.from(tree.modified()));
      }
    });
    return copy;
  }

  @Test
  void returnsBranch() throws Exception {
    repository.git("branch", "release/1.0", first);
    repository.git("branch", "-m", "trunk");

    for (var row :
        List.of(
            new Named(Optional.of("release/1.0"), Optional.of("release/1.0")),
            new Named(Optional.of("refs/heads/release/1.0"), Optional.of("release/1.0")),
            new Named(Optional.empty(), Optional.of("trunk")),
            new Named(Optional.of("v1"), Optional.empty()),
            new Named(Optional.of(first), Optional.empty()))) {
      try (var tree = fetch(row.revision())) {
        assertThat(tree.branch()).as(row.toString()).isEqualTo(row.branch());
      }
    }
  }

  private record Named(Optional<String> revision, Optional<String> branch) {}

  @Test
  void fetchesWithoutHistory() throws Exception {
    try (var _ = fetch(Optional.of("main"))) {
      assertThat(directory.resolve("scratch/shallow")).hasContent(second);
    }
  }

  @Test
  void keepsExecutablesLinksAndNonAsciiNames() throws Exception {
    assertThat(repository.write("run.sh", "#!/bin/sh\n").toFile().setExecutable(true)).isTrue();
    Files.createSymbolicLink(repository.folder().resolve("latest"), Path.of("src/main.c"));
    repository.write("données.txt", "ü");
    repository.commit("more");

    try (var tree = fetch(Optional.empty())) {
      assertThat(tree.entry("run.sh"))
          .get()
          .isInstanceOfSatisfying(
              SourceEntry.File.class, file -> assertThat(file.executable()).isTrue());
      assertThat(tree.entry("latest")).contains(new SourceEntry.Link("latest", "src/main.c"));
      assertThat(read(tree, RawName.of("données.txt"))).isEqualTo("ü");
      assertThat(tree.entry("absent")).isEmpty();
    }
  }

  @Test
  void usesTimeOfCommit() throws Exception {
    try (var tree = fetch(Optional.empty())) {
      assertThat(tree.modified()).isEqualTo(Instant.ofEpochSecond(GitRepository.COMMIT_TIME));
    }
  }

  @Test
  void opensDirectoryOfRepository() throws Exception {
    var request =
        new SourceRequest.Git(server.url("hello"), Optional.empty(), Optional.of("./src/"));
    try (var tree = source(request, Map.of()).fetch(false)) {
      assertThat(listing(tree)).containsExactly("f main.c");
    }
  }

  @Test
  void deletesCloneOnClose() throws Exception {
    fetch(Optional.empty()).close();

    assertThat(directory.resolve("scratch")).doesNotExist();
  }

  @Test
  void sendsCredentialsAfterChallenge() throws Exception {
    GitRepository.create(directory.resolve("private/hello")).commit("first");
    var request = request(server.url("private/hello"), Optional.empty());

    try (var tree = source(request, login("secret")).fetch(false)) {
      assertThat(tree.revision()).isPresent();
    }
    assertThat(failureOf(request, login("wrong")))
        .satisfies(failure -> {
          assertThat(failure.reason()).isEqualTo(FailureReason.SourceUnauthorized);
          assertThat(failure.message()).contains("rejects").doesNotContain("wrong");
        });
    assertThat(failureOf(request, Map.of()).message())
        .contains("requires credentials", "spec.source.git.credentials");
  }

  @Test
  void reportsMissingRepositoryRevisionOrDirectory() {
    assertThat(failureOf(request(server.url("absent"), Optional.empty()), Map.of()))
        .isEqualTo(
            Failure.of(
                FailureReason.SourceNotFound,
                "there is no git repository at " + server.url("absent")));
    for (var revision : List.of("absent", "abcdef1", "0123456789012345678901234567890123456789")) {
      assertThat(failureOf(request(server.url("hello"), Optional.of(revision)), Map.of()))
          .isEqualTo(
              Failure.of(
                  FailureReason.SourceNotFound,
                  "no branch, tag or commit " + revision + " in " + server.url("hello")));
    }
    var folderRequest =
        new SourceRequest.Git(server.url("hello"), Optional.of("v1"), Optional.of("src"));
    assertThat(failureOf(folderRequest, Map.of()))
        .isEqualTo(
            Failure.of(
                FailureReason.SourceNotFound,
                "there is no directory src in " + server.url("hello") + " at v1"));
  }

  @Test
  void reportsEmptyRepository() throws Exception {
    GitRepository.create(directory.resolve("empty"));

    assertThat(failureOf(request(server.url("empty"), Optional.empty()), Map.of()))
        .satisfies(failure -> {
          assertThat(failure.reason()).isEqualTo(FailureReason.SourceNotFound);
          assertThat(failure.message()).contains("is empty");
        });
  }

  @Test
  void reportsUnreachableServerAsInfrastructure() throws Exception {
    int closed;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = socket.getLocalPort();
    }
    for (var url : List.of("http://127.0.0.1:" + closed + "/x", "http://git.invalid/x")) {
      var failure = failureOf(request(url, Optional.empty()), Map.of());

      assertThat(failure.reason()).isEqualTo(FailureReason.SourceUnavailable);
      assertThat(failure.message()).startsWith("cannot reach " + url + ": ");
    }
  }

  @Test
  void distinguishesServerErrorFromEmptyRepository() throws Exception {
    var troubled = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    troubled.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange.sendResponseHeaders(503, -1);
          }
        });
    troubled.start();
    try {
      var url = "http://127.0.0.1:" + troubled.getAddress().getPort() + "/x";
      var failure = failureOf(request(url, Optional.empty()), Map.of());

      assertThat(failure.reason()).isEqualTo(FailureReason.SourceUnavailable);
      assertThat(failure.message()).contains(url, "503");
    } finally {
      troubled.stop(0);
    }
  }

  @Test
  void reportsWebPageInsteadOfRepository() throws Exception {
    var site = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    site.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange.getResponseHeaders().add("Content-Type", "text/html; charset=utf-8");
            var page = "<!DOCTYPE html><html>Log in</html>\n".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, page.length);
            exchange.getResponseBody().write(page);
          }
        });
    site.createContext(
        "/moved",
        exchange -> {
          try (exchange) {
            exchange.getResponseHeaders().add("Location", "/login");
            exchange.sendResponseHeaders(302, -1);
          }
        });
    site.start();
    try {
      for (var path : List.of("/x", "/moved")) {
        for (var revision : List.of(Optional.<String>empty(), Optional.of("main"))) {
          var url = "http://127.0.0.1:" + site.getAddress().getPort() + path;
          var failure = failureOf(request(url, revision), Map.of());

          assertThat(failure.message())
              .contains(
                  "there is no git repository at " + url,
                  path.equals("/x") ? "responds with a web page" : "redirects to ",
                  "spec.source.git.credentials");
          assertThat(failure.reason()).as(path).isEqualTo(FailureReason.SourceNotFound);
        }
      }
    } finally {
      site.stop(0);
    }
  }

  @Test
  void timesOutWithoutResponse() throws Exception {
    try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var url = "http://127.0.0.1:" + silent.getLocalPort() + "/x";
      var source =
          new GitSource(
              request(url, Optional.empty()),
              new GitMounts(directory.resolve("mounts"), Map.of()),
              directory.resolve("scratch"),
              Duration.ofSeconds(1));

      assertThat(
              catchThrowableOfType(BuildFailedException.class, () -> source.fetch(false)).failure())
          .isEqualTo(
              Failure.of(
                  FailureReason.SourceUnavailable,
                  "cannot reach " + url + ": no response in time"));
    }
  }

  @Test
  void acceptsHttpOnlyAndHidesPasswordOfUrl() {
    assertThat(failureOf(request("file:///etc", Optional.empty()), Map.of()).reason())
        .isEqualTo(FailureReason.InvalidRequest);
    var url = server.url("absent").replace("http://", "http://jane:secret@");
    assertThat(failureOf(request(url, Optional.empty()), Map.of()).message())
        .doesNotContain("secret");
  }

  private static SourceRequest.Git request(String url, Optional<String> revision) {
    return new SourceRequest.Git(url, revision, Optional.empty());
  }

  private static Map<String, String> login(String password) {
    return Map.of("username", "jane", "password", password);
  }

  private GitSource source(SourceRequest.Git request, Map<String, String> secret) {
    return new GitSource(
        request,
        TestMounts.credentials(directory.resolve("mounts-" + secret.hashCode()), secret),
        directory.resolve("scratch"),
        Duration.ofSeconds(20));
  }

  private SourceTree fetch(Optional<String> revision) throws IOException {
    return source(request(server.url("hello"), revision), Map.of()).fetch(false);
  }

  private Optional<String> revisionOf(String revision) throws IOException {
    try (var tree = fetch(Optional.of(revision))) {
      return tree.revision();
    }
  }

  private Failure failureOf(SourceRequest.Git request, Map<String, String> secret) {
    var source = source(request, secret);
    return catchThrowableOfType(BuildFailedException.class, () -> source.fetch(false)).failure();
  }

  private static String read(SourceTree tree, String path) throws IOException {
    var file = (SourceEntry.File) tree.entry(path).orElseThrow();
    try (var in = file.content().open()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static List<String> listing(SourceTree tree) throws IOException {
    var listing = new ArrayList<String>();
    tree.walk(entry ->
        listing.add(
            switch (entry) {
              case SourceEntry.Exact exact -> exact.entry().toString();
              case SourceEntry.Directory(var path) -> "d " + path;
              case SourceEntry.File file -> "f " + file.path();
              case SourceEntry.Link(var path, _) -> "l " + path;
            }));
    return listing;
  }
}
