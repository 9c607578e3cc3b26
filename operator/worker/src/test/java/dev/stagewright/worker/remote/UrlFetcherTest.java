package dev.stagewright.worker.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.dockerfile.eval.AddSource;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.tar.IndexedTar;
import dev.stagewright.layers.tar.TarEntry;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.worker.download.FileServer;
import dev.stagewright.worker.download.FileServer.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UrlFetcherTest {
  private static final Answer HELLO = new Answer(200, "hello");

  @TempDir private Path directory;
  private Fetching fetching;
  private FileServer server;

  @BeforeEach
  void serve() throws IOException {
    fetching = new Fetching(directory);
    server = FileServer.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void writesPrivateFileWithTimeOfServer() throws Exception {
    server.on("/a.txt", new Answer(200, "hello", "Last-Modified: Wed, 21 Oct 2015 07:28:00 GMT"));

    try (var tar = fetching.fetch(url("/a.txt"))) {
      assertThat(tar.entry("a.txt"))
          .contains(TarEntry.file("a.txt", 5).withMode(0600).withMtime(1_445_412_480, 0));
      assertThat(read(tar, "a.txt")).isEqualTo("hello");
    }
    assertThat(fetching.log()).isEqualTo("fetched " + server.url("/a.txt") + ": 5 B\n");
    assertThat(fetching.files("r0")).containsExactly("files.idx", "files.tar");
  }

  @Test
  void usesEpochWithoutLastModified() throws Exception {
    server.on("/a.txt", HELLO);

    try (var tar = fetching.fetch(url("/a.txt"))) {
      assertThat(tar.entry("a.txt").orElseThrow().mtimeSeconds()).isZero();
    }
  }

  @Test
  void usesTheProxyOfTheEnvironment() throws Exception {
    server.on("/a.txt", HELLO);
    fetching.proxy("HTTP_PROXY", server.url(""));

    var source = new AddSource.Http("http://files.invalid/a.txt", "a.txt", Optional.empty());

    try (var tar = fetching.fetch(source)) {
      assertThat(read(tar, "a.txt")).isEqualTo("hello");
    }
  }

  @Test
  void acceptsMatchingChecksum() throws Exception {
    server.on("/a.txt", HELLO);

    try (var tar = fetching.fetch(url("/a.txt", digest("hello")))) {
      assertThat(tar.size()).isEqualTo(1);
    }
  }

  @Test
  void rejectsOtherChecksum() throws Exception {
    server.on("/a.txt", HELLO);

    var failure = fetching.failureOf(url("/a.txt", digest("other")));
    assertThat(failure.reason()).isEqualTo(FailureReason.ChecksumMismatch);
    assertThat(failure.message())
        .isEqualTo(
            "ADD failed: digest mismatch for %s: %s (expected: %s)"
                .formatted(server.url("/a.txt"), digest("hello"), digest("other")));
    assertThat(failure.stage()).contains("web");
    assertThat(failure.position()).contains(Fetching.ADD);
    assertThat(fetching.files("r0")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"500", "502", "503", "429", "408"})
  void retriesTransientStatus(int status) throws Exception {
    server.on("/a.txt", new Answer(status, ""), new Answer(status, "", "Retry-After: 0"), HELLO);

    try (var tar = fetching.fetch(url("/a.txt"))) {
      assertThat(read(tar, "a.txt")).isEqualTo("hello");
    }
  }

  @Test
  void retriesInterruptedTransfer() throws Exception {
    server.on("/a.txt", Answer.cutShort("hel", 2), HELLO);

    try (var tar = fetching.fetch(url("/a.txt"))) {
      assertThat(read(tar, "a.txt")).isEqualTo("hello");
    }
  }

  @Test
  void failsAfterLastAttempt() {
    server.on("/a.txt", new Answer(503, ""));

    var failure = fetching.failureOf(url("/a.txt"));
    assertThat(failure.reason()).isEqualTo(FailureReason.RemoteUnavailable);
    assertThat(failure.message())
        .isEqualTo(
            "ADD failed: cannot fetch "
                + server.url("/a.txt")
                + ": the server responded with status 503 (tried 3 times)");
    assertThat(server.requests()).hasSize(3);
  }

  @Test
  void reportsUnreachableServer() {
    var gone = url("/a.txt");
    server.close();

    assertThat(fetching.failureOf(gone).reason()).isEqualTo(FailureReason.RemoteUnavailable);
  }

  @Test
  void doesNotRetryNotFound() {
    var failure = fetching.failureOf(url("/absent"));

    assertThat(failure.reason()).isEqualTo(FailureReason.RemoteNotFound);
    assertThat(failure.message()).endsWith("invalid response status 404");
    assertThat(server.requests()).containsExactly("/absent");
  }

  @Test
  void followsRedirectsWithoutSecrets() throws Exception {
    fetching.secret("HTTP_AUTH_TOKEN_127.0.0.1", "t0ken");
    try (var other = FileServer.start().on("/b", HELLO)) {
      server.on("/a.txt", new Answer(302, "", "Location: " + other.url("/b")));

      try (var tar = fetching.fetch(url("/a.txt"))) {
        assertThat(read(tar, "a.txt")).isEqualTo("hello");
      }
      assertThat(server.requests()).containsExactly("/a.txt Bearer t0ken");
      assertThat(other.requests()).containsExactly("/b");
    }
  }

  @Test
  void sendsHeaderOfSecret() throws Exception {
    fetching.secret("HTTP_AUTH_HEADER_127.0.0.1", "Basic abc");
    server.on("/a.txt", HELLO);

    try (var _ = fetching.fetch(url("/a.txt"))) {
      assertThat(server.requests()).containsExactly("/a.txt Basic abc");
    }
  }

  @Test
  void reportsRequiredSecret() {
    server.on("/a.txt", new Answer(401, ""));

    assertThat(fetching.failureOf(url("/a.txt")).message())
        .endsWith("provide it as the build secret HTTP_AUTH_TOKEN_127.0.0.1");
  }

  @Test
  void fetchesSeveralSources() throws Exception {
    server.on("/a", HELLO).on("/b", new Answer(200, "bye"));

    fetching.fetchAll(List.of(url("/a"), url("/b")));

    try (var tar = fetching.open("r1")) {
      assertThat(read(tar, "b")).isEqualTo("bye");
    }
  }

  private AddSource url(String path, String... checksum) {
    return new AddSource.Http(
        server.url(path), path.substring(1), List.of(checksum).stream().findFirst());
  }

  private static String digest(String content) {
    return Digest.of(content.getBytes(StandardCharsets.UTF_8)).toString();
  }

  private static String read(IndexedTar tar, String path) throws IOException {
    try (var content = tar.open(path)) {
      return new String(content.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
