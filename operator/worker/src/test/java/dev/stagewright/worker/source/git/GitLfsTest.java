package dev.stagewright.worker.source.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stagewright.layers.oci.Digest;
import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.SourceRequest;
import dev.stagewright.worker.source.SourceEntry;
import dev.stagewright.worker.source.SourceTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Content of Git LFS in sources, from a server with the batch API. */
class GitLfsTest {
  private static final Map<String, String> LOGIN = Map.of("username", "jane", "password", "secret");

  @TempDir private Path directory;
  private GitServer server;
  private LfsStandIn lfs;
  private GitRepository repository;

  @BeforeEach
  void serve() throws Exception {
    repository = GitRepository.create(directory.resolve("private/app.git"));
    repository.write("Dockerfile", "FROM scratch\n");
    repository.write("model.bin", pointer("the model"));
    repository.write("data/table.csv", pointer("a,b"));
    repository.write("empty", pointer(""));
    repository.commit("first");
    server = GitServer.start(directory);
    lfs = LfsStandIn.start(server, "private/app.git");
    lfs.put("the model");
    lfs.put("a,b");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void replacesPointersByContent() throws Exception {
    try (var tree = fetch(true)) {
      assertThat(contents(tree))
          .containsEntry("model.bin", "the model")
          .containsEntry("data/table.csv", "a,b")
          .containsEntry("empty", "")
          .containsEntry("Dockerfile", "FROM scratch\n");
      assertThat(tree.entry("model.bin"))
          .get()
          .isInstanceOfSatisfying(
              SourceEntry.File.class, file -> assertThat(file.size()).isEqualTo(9));
    }
    assertThat(lfs.batches()).as("one request for all objects").isEqualTo(1);
    assertThat(directory.resolve("scratch")).doesNotExist();
  }

  @Test
  void keepsPointersUnlessRequested() throws Exception {
    try (var tree = fetch(false)) {
      assertThat(contents(tree)).containsEntry("model.bin", pointer("the model"));
    }
    assertThat(lfs.batches()).isZero();
  }

  @Test
  void fetchesOnlyWhatIsRead() throws Exception {
    try (var tree = fetch(true)) {
      tree.walk(_ -> {});
    }
    assertThat(lfs.batches()).isZero();
  }

  @Test
  void reportsMissingContent() throws Exception {
    repository.write("lost.bin", pointer("lost"));
    repository.commit("second");

    assertThat(failure())
        .isEqualTo(
            Failure.of(
                FailureReason.SourceNotFound,
                "the Git LFS content of lost.bin is not on the Git LFS server: it was not pushed, or"
                    + " was deleted there"));
  }

  @Test
  void reportsContentOfOtherDigestOrSize() throws Exception {
    lfs.replace("the model", "THE MODEL");
    assertThat(failure().reason()).isEqualTo(FailureReason.ChecksumMismatch);
    assertThat(failure().message()).contains("model.bin has the SHA-256");

    lfs.replace("the model", "x".repeat(1 << 20));
    assertThat(failure().message()).contains("has another size than the pointer says, 9 bytes");
  }

  @Test
  void reportsServerWithoutLfs() throws Exception {
    GitRepository.create(directory.resolve("private/plain"));
    var plain = new GitRepository(directory.resolve("private/plain"));
    plain.write("model.bin", pointer("the model"));
    plain.commit("first");

    var source = source(server.url("private/plain"), true, LOGIN);
    assertThat(failureOf(source).message())
        .contains(
            "the Git LFS content of model.bin cannot be fetched", "/private/plain.git/info/lfs");
  }

  @Test
  void readsAddressOfConfigurationWithoutCredentialsForIt() throws Exception {
    try (var other = GitServer.start(directory)) {
      var otherLfs = LfsStandIn.start(other, "open.git");
      otherLfs.put("the model");
      otherLfs.put("a,b");
      repository.write(".lfsconfig", "[lfs]\n\turl = " + other.url("open.git/info/lfs") + "\n");
      repository.commit("second");

      try (var tree = fetch(true)) {
        assertThat(contents(tree)).containsEntry("model.bin", "the model");
      }
      assertThat(otherLfs.authorizations()).isEmpty();
    }
  }

  @Test
  void asksSshServerForAddressAndToken() throws Exception {
    var hostKey = SshKeys.ed25519();
    var userKey = SshKeys.ed25519();
    try (var ssh = SshGitServer.start(directory, hostKey, List.of(), userKey.getPublic())) {
      ssh.answerLfs(
          "{\"href\": \"%s\", \"header\": {\"Authorization\": \"%s\"}}"
              .formatted(
                  server.url("private/app.git/info/lfs"), GitServer.basic("jane", "secret")));
      var secret =
          Map.of(
              "ssh-privatekey",
              SshKeys.openSsh(userKey),
              "known_hosts",
              "[127.0.0.1]:" + ssh.port() + " " + PublicKeyEntry.toString(hostKey.getPublic()));

      try (var tree = source(ssh.url("private/app.git"), true, secret).fetch(false)) {
        assertThat(contents(tree)).containsEntry("model.bin", "the model");
      }
    }
  }

  private static String pointer(String content) {
    var bytes = content.getBytes(StandardCharsets.UTF_8);
    return "version https://git-lfs.github.com/spec/v1\noid sha256:%s\nsize %d\n"
        .formatted(Digest.of(bytes).hex(), bytes.length);
  }

  private SourceTree fetch(boolean content) throws IOException {
    return source(server.url("private/app.git"), content, LOGIN).fetch(false);
  }

  private GitSource source(String url, boolean content, Map<String, String> secret) {
    return new GitSource(
        new SourceRequest.Git(url, Optional.empty(), Optional.empty())
            .withLfs(Optional.of(content)),
        TestMounts.credentials(directory.resolve("mounts-" + secret.hashCode()), secret),
        directory.resolve("scratch"),
        Duration.ofSeconds(20));
  }

  private Failure failure() {
    return failureOf(source(server.url("private/app.git"), true, LOGIN));
  }

  private static Failure failureOf(GitSource source) {
    return catchThrowableOfType(
            BuildFailedException.class,
            () -> {
              try (var tree = source.fetch(false)) {
                contents(tree);
              }
            })
        .failure();
  }

  private static Map<String, String> contents(SourceTree tree) throws IOException {
    var contents = new HashMap<String, String>();
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
