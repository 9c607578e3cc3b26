package dev.stagewright.worker.download;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stagewright.layers.oci.Digest;
import dev.stagewright.registry.call.Retry;
import dev.stagewright.registry.http.Timeouts;
import dev.stagewright.registry.proxy.ProxyEnvironment;
import dev.stagewright.worker.download.FileServer.Answer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloaderTest {
  private static final String ETAG = "ETag: \"1\"";
  private static final String HELLO_SHA256 =
      "sha256:2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

  @TempDir private Path directory;
  private FileServer server;

  @BeforeEach
  void serve() throws IOException {
    server = FileServer.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** What arrived before the interruption depends on the connection; the result does not. */
  @Test
  void continuesAnInterruptedTransferOfTheSameVersion() throws Exception {
    var text = "0123456789".repeat(50_000);
    server.on("/a", Answer.cutShort(text.substring(0, 400_000), 100_000, ETAG));
    server.onRange("/a", text, ETAG);

    var download = fetch("/a", 1_000_000);

    assertThat(Files.readString(download.file())).isEqualTo(text);
    assertThat(download.digest()).isEqualTo(Digest.of(text.getBytes(UTF_8)).toString());
  }

  @Test
  void beginsAgainIfTheFileHasChanged() throws Exception {
    server.on("/a", Answer.cutShort("xxx", 2, ETAG), new Answer(200, "hello", "ETag: \"2\""));

    assertThat(fetch("/a", 100).digest()).isEqualTo(HELLO_SHA256);
  }

  @Test
  void beginsAgainIfTheServerSendsAnotherPart() throws Exception {
    server.on(
        "/a",
        Answer.cutShort("xxx", 2, ETAG),
        new Answer(206, "hello", ETAG, "Content-Range: bytes 0-4/5"));

    assertThat(fetch("/a", 100).digest()).isEqualTo(HELLO_SHA256);
  }

  @Test
  void beginsAgainIfThePartDoesNotExist() throws Exception {
    server.on(
        "/a", Answer.cutShort("xxxxxxx", 2, ETAG), new Answer(416, ""), new Answer(200, "hello"));

    assertThat(fetch("/a", 100).digest()).isEqualTo(HELLO_SHA256);
    assertThat(server.requests().getLast()).isEqualTo("/a Bearer t");
  }

  @Test
  void doesNotAskForAPartWithoutAStrongVersion() throws Exception {
    server.on("/a", Answer.cutShort("hel", 2, "ETag: W/\"1\""), new Answer(200, "hello"));

    assertThat(fetch("/a", 100).digest()).isEqualTo(HELLO_SHA256);
    assertThat(server.requests().getLast()).isEqualTo("/a Bearer t");
  }

  @Test
  void refusesALargerFileBeforeItIsReceived() {
    server.on("/a", new Answer(200, "hello"));

    var failure = failureOf("/a", 4);
    assertThat(failure.kind()).isEqualTo(DownloadException.Kind.TOO_LARGE);
    assertThat(failure).hasMessage("the file is larger than the limit of 4 bytes");
  }

  @Test
  void doesNotSendCredentialsToTheHostOfARedirect() throws Exception {
    try (var other = FileServer.start()) {
      other.on("/b", new Answer(200, "hello"));
      server.on("/a", new Answer(302, "", "Location: " + other.url("/b")));

      fetch("/a", 100);

      assertThat(server.requests()).containsExactly("/a Bearer t");
      assertThat(other.requests()).containsExactly("/b");
    }
  }

  @Test
  void followsALimitedNumberOfRedirects() {
    server.on("/a", new Answer(302, "", "Location: /a"));

    assertThat(failureOf("/a", 100)).hasMessageContaining("more than 5 redirects");
  }

  @Test
  void computesTheRequestedChecksum() throws Exception {
    server.on("/a", new Answer(200, "hello"));

    var download = fetch("/a", 100, Optional.of("sha512"));

    assertThat(download.digest()).isEqualTo(HELLO_SHA256);
    assertThat(download.requested().toString()).startsWith("sha512:9b71d224bd62f3785d96d46ad3ea");
  }

  @Test
  void leavesSecretsOutOfNames() {
    assertThat(
            DownloadRequest.withoutSecrets(
                URI.create("https://u:p@files.example.com:8443/a%20b.tgz?X-Signature=abc#x")))
        .isEqualTo("https://files.example.com:8443/a%20b.tgz");
  }

  private Download fetch(String path, long maxBytes) throws Exception {
    return fetch(path, maxBytes, Optional.empty());
  }

  private Download fetch(String path, long maxBytes, Optional<String> algorithm) throws Exception {
    var options =
        new DownloadOptions(
            new Timeouts(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(5)),
            new Retry(3, _ -> {}),
            ProxyEnvironment.NONE);
    try (var downloader = new Downloader(options)) {
      return downloader.fetch(
          new DownloadRequest(
              URI.create(server.url(path)), "the file", new TokenAccess(), maxBytes, algorithm),
          directory.resolve("file"));
    }
  }

  private DownloadException failureOf(String path, long maxBytes) {
    return catchThrowableOfType(DownloadException.class, () -> fetch(path, maxBytes));
  }

  private record TokenAccess() implements DownloadAccess {
    @Override
    public Optional<String> authorization(URI url) {
      return Optional.of("Bearer t");
    }

    @Override
    public String deniedHint(URI url) {
      return "; hint";
    }
  }
}
