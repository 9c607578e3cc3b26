package dev.stagewright.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagewright.layers.oci.Platform;
import dev.stagewright.registry.auth.Credentials;
import dev.stagewright.registry.error.ErrorKind;
import dev.stagewright.registry.error.RegistryException;
import dev.stagewright.registry.fake.Exchange;
import dev.stagewright.registry.fake.FakeRegistry;
import dev.stagewright.registry.fake.Handler;
import dev.stagewright.registry.host.RegistryHost;
import dev.stagewright.registry.host.RegistryHosts;
import dev.stagewright.registry.http.Connection;
import dev.stagewright.registry.http.Content;
import dev.stagewright.registry.push.BlobTransfer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class PushTest {
  private static final String UPLOAD = "PUT /v2/team/app/blobs/uploads/";

  private final FakeRegistry registry = FakeRegistry.start();
  private final RegistryClient client = Clients.anonymous();
  private final Images image = Images.of(Platform.LINUX_AMD64, 2_000_000, 1);

  @AfterEach
  void stop() {
    client.close();
    registry.close();
    assertThat(registry.violations()).isEmpty();
  }

  private void pushLayer() throws RegistryException {
    client
        .pusher(registry.image("team/app:1"))
        .push(image.layerDescriptor(), Content.of(image.layer()));
  }

  private Optional<byte[]> stored() {
    return registry.storage().blob("team/app", image.layerDescriptor().digest());
  }

  private static void assertFails(ErrorKind kind, String message, ThrowingCallable call) {
    assertThatThrownBy(call)
        .hasMessageContaining(message)
        .isInstanceOfSatisfying(
            RegistryException.class, failure -> assertThat(failure.kind()).isEqualTo(kind));
  }

  static Stream<Named<Handler>> temporaryFaults() {
    return Stream.of(
        Named.of("503 before the bytes", exchange -> exchange.answerAtOnce(503, "busy")),
        Named.of(
            "500 after the bytes",
            exchange -> {
              exchange.error(500, "UNKNOWN", "internal server error");
            }),
        Named.of("cut before the bytes", Exchange::cut),
        Named.of(
            "cut amid the bytes",
            exchange -> {
              exchange.body().readNBytes(700_000);
              exchange.cut();
            }),
        Named.of(
            "cut after the bytes",
            exchange -> {
              exchange.body().readAllBytes();
              exchange.cut();
            }),
        Named.of("silence after the bytes", exchange -> exchange.body().readAllBytes()),
        Named.of("silence before the bytes", _ -> {}),
        Named.of(
            "another replica's upload",
            exchange -> {
              exchange.error(404, "BLOB_UPLOAD_UNKNOWN", "blob upload unknown to registry");
            }));
  }

  @ParameterizedTest
  @MethodSource("temporaryFaults")
  void uploadsBlobDespiteTemporaryFault(Handler fault) throws RegistryException {
    registry.next(UPLOAD, fault);

    pushLayer();

    assertThat(stored()).hasValue(image.layer());
    assertThat(registry.requests(UPLOAD)).hasSize(2);
  }

  @Test
  void doesNotRepeatUploadAfterLostResponse() throws RegistryException {
    registry.next(
        UPLOAD,
        exchange -> {
          registry.storage().putBlob("team/app", exchange.body().readAllBytes());
          exchange.cut();
        });

    pushLayer();

    assertThat(registry.requests(UPLOAD)).hasSize(1);
  }

  @Test
  void resumesInterruptedUpload() throws RegistryException {
    registry.next(
        UPLOAD,
        exchange -> {
          registry.storage().receive(exchange, 1_500_000);
          exchange.cut();
        });

    pushLayer();

    assertThat(stored()).hasValue(image.layer());
    assertThat(registry.requests("POST")).hasSize(1);
    assertThat(registry.received("PATCH")).containsExactly("1500000-1999999");
  }

  @Test
  void restartsUnknownUpload() throws RegistryException {
    registry
        .next(UPLOAD, Exchange::cut)
        .next(
            "GET /v2/team/app/blobs/uploads/",
            exchange -> exchange.error(404, "BLOB_UPLOAD_UNKNOWN", "unknown"));

    pushLayer();

    assertThat(stored()).hasValue(image.layer());
    assertThat(registry.requests("POST")).hasSize(2);
  }

  @Test
  void resumesAfterOffsetMismatch() throws RegistryException {
    registry
        .next(
            UPLOAD,
            exchange -> {
              registry.storage().receive(exchange, 1_500_000);
              exchange.cut();
            })
        .next(
            "GET /v2/team/app/blobs/uploads/",
            exchange ->
                exchange.with("Range", "0-999999").with("Location", exchange.target()).answer(204));

    pushLayer();

    assertThat(stored()).hasValue(image.layer());
    assertThat(registry.received("PATCH")).containsExactly("1000000-1999999", "1500000-1999999");
  }

  @Test
  void fallsBackToSingleRequest() throws RegistryException {
    registry
        .next(
            UPLOAD,
            exchange -> {
              registry.storage().receive(exchange, 1_500_000);
              exchange.cut();
            })
        .next("PATCH", exchange -> exchange.error(405, "UNSUPPORTED", "no pieces"));

    pushLayer();

    assertThat(stored()).hasValue(image.layer());
    assertThat(registry.requests("PATCH")).hasSize(1);
  }

  @Test
  void retriesAsLongAsUploadMakesProgress() throws RegistryException {
    var pieces = 10;
    registry.next(UPLOAD, exchange -> cutAfter(exchange, image.layer().length / pieces));
    for (var i = 1; i < pieces; i++) {
      registry.next("PATCH", exchange -> cutAfter(exchange, image.layer().length / pieces));
    }

    pushLayer();

    assertThat(pieces).isGreaterThan(Clients.ATTEMPTS);
    assertThat(stored()).hasValue(image.layer());
    assertThat(registry.requests("POST")).hasSize(1);
  }

  private void cutAfter(Exchange exchange, int bytes) throws IOException {
    registry.storage().receive(exchange, bytes);
    exchange.cut();
  }

  @Test
  void followsRedirectOfUpload() throws RegistryException {
    try (var other = FakeRegistry.start()) {
      registry.next(
          UPLOAD,
          exchange ->
              exchange
                  .with("Location", "http://" + other.host() + "/bucket")
                  .answerAtOnce(307, "not here"));
      var received = new AtomicReference<byte[]>();
      other.next(
          "PUT /bucket",
          exchange -> {
            received.set(exchange.body().readAllBytes());
            exchange.answer(201);
          });

      pushLayer();

      assertThat(received.get()).isEqualTo(image.layer());
    }
  }

  @Test
  void failsAfterLastAttempt() {
    registry.guardedBy((exchange, _) -> {
      var isSending = exchange.method().matches("PUT|PATCH");
      if (isSending) {
        exchange.error(500, "UNKNOWN", "internal server error");
      }
      return !isSending;
    });

    assertFails(
        ErrorKind.UNAVAILABLE,
        "cannot push blob %s to %s/team/app: 500"
            .formatted(image.layerDescriptor().digest(), registry.host()),
        this::pushLayer);
    assertThat(registry.requests("P"))
        .filteredOn(line -> !line.startsWith("POST"))
        .hasSize(Clients.ATTEMPTS);
  }

  @Test
  void doesNotRetryQuotaFailure() {
    registry.next(
        UPLOAD,
        exchange -> {
          exchange
              .with("Connection", "close")
              .error(
                  403,
                  "DENIED",
                  "adding 2.0 MiB of storage resource, which when updated to current usage of 0 B"
                      + " will exceed the configured upper limit of 1.0 MiB.");
        });

    assertFails(ErrorKind.QUOTA, "raise the project's quota", this::pushLayer);
    assertThat(registry.requests(UPLOAD)).hasSize(1);
  }

  @Test
  void splitsBlobForProxyLimit() throws RegistryException {
    registry.guardedBy(limit(1 << 20));

    pushLayer();

    assertThat(stored()).hasValue(image.layer());
    assertThat(registry.requests(UPLOAD)).hasSize(2);
  }

  @Test
  void remembersProxyLimit() throws RegistryException {
    registry.guardedBy(limit(1 << 20));
    var other = Images.of(Platform.LINUX_AMD64, 2_000_000, 2);
    pushLayer();
    var rejected = registry.requests("P").size();

    client
        .pusher(registry.image("team/app:1"))
        .push(other.layerDescriptor(), Content.of(other.layer()));

    assertThat(registry.requests("P").subList(rejected, registry.requests("P").size()))
        .extracting(line -> line.substring(0, line.indexOf(' ')))
        .containsExactly("POST", "PATCH", "PATCH", "PATCH", "PATCH", "PUT");
  }

  @Test
  void respectsConfiguredChunkSize() throws RegistryException {
    var hosts =
        RegistryHosts.of(
            List.of(
                new RegistryHost(
                    registry.host(),
                    true,
                    List.of(),
                    List.of(),
                    Connection.DEFAULT,
                    Optional.of(300_000L))));
    registry.guardedBy((exchange, self) -> {
      assertThat(exchange.header("Content-Length").map(Long::parseLong).orElse(0L))
          .isLessThanOrEqualTo(300_000);
      return true;
    });

    try (var limited = Clients.with(hosts, Credentials.none())) {
      limited
          .pusher(registry.image("team/app:1"))
          .push(image.layerDescriptor(), Content.of(image.layer()));
    }

    assertThat(stored()).hasValue(image.layer());
    assertThat(registry.requests("PATCH")).hasSize(7);
  }

  private static FakeRegistry.Gate limit(long most) {
    return (exchange, _) -> {
      var passes = exchange.header("Content-Length").map(Long::parseLong).orElse(0L) <= most;
      if (!passes) {
        exchange.answer(413, "<html>413 Request Entity Too Large</html>".getBytes(UTF_8));
      }
      return passes;
    };
  }

  @Test
  void reportsProxyLimit() {
    registry.guardedBy(limit(1000));

    assertFails(
        ErrorKind.TOO_LARGE,
        "HTTP status 413; a proxy in front of the registry limits the size of requests",
        this::pushLayer);
  }

  @Test
  void readsEarlyRejection() {
    var big = Images.of(Platform.LINUX_AMD64, 30_000_000, 1);
    registry.next(UPLOAD, exchange -> exchange.errorAtOnce(403, "DENIED", "not on Sundays"));

    assertFails(
        ErrorKind.DENIED,
        "not on Sundays",
        () ->
            client
                .pusher(registry.image("team/app:1"))
                .push(big.layerDescriptor(), Content.of(big.layer())));
  }

  @Test
  void rejectsOtherReturnedDigest() {
    var other = image.manifest().config().digest();
    registry.next(
        UPLOAD,
        exchange -> {
          exchange.with("Docker-Content-Digest", other.toString()).answer(201);
        });

    assertFails(ErrorKind.DIGEST_MISMATCH, "the registry stored it as " + other, this::pushLayer);
  }

  @Test
  void opensTheContentForEachAttempt() throws RegistryException {
    var opened = new AtomicInteger();
    var closed = new AtomicInteger();
    var content =
        Content.of(
            image.layer().length,
            () -> {
              opened.incrementAndGet();
              return closing(closed);
            });
    registry.next(UPLOAD, exchange -> exchange.answer(503));

    client.pusher(registry.image("team/app:1")).push(image.layerDescriptor(), content);

    assertThat(opened).hasValue(2);
    assertThat(closed).hasValue(2);
  }

  private InputStream closing(AtomicInteger closed) {
    return new ByteArrayInputStream(image.layer()) {
      @Override
      public void close() {
        closed.incrementAndGet();
      }
    };
  }

  @Test
  void usesUploadOfFailedMount() throws RegistryException {
    var target = client.pusher(registry.image("team/app:1"));

    var transfer =
        target.ensure(
            image.layerDescriptor(),
            List.of(registry.image("team/base:1")),
            Content.of(image.layer()));

    assertThat(transfer).isEqualTo(BlobTransfer.UPLOADED);
    assertThat(stored()).hasValue(image.layer());
    assertThat(registry.requests("POST")).hasSize(1);
    assertThat(registry.requests("DELETE")).isEmpty();
    assertThat(registry.storage().openUploads()).isZero();
  }

  @Test
  void checkLeavesNoUploadOpenAndDeletesNothing() throws RegistryException {
    client.pusher(registry.image("team/app:1")).check();

    assertThat(registry.storage().openUploads()).isZero();
    assertThat(registry.requests("DELETE")).isEmpty();
  }

  @Test
  void fallsBackToChunks() throws RegistryException {
    var rejections = List.of("UNSUPPORTED", "DIGEST_INVALID");
    for (var code : rejections) {
      registry.next(UPLOAD, exchange -> exchange.error(400, code, "no body here"));
      var fresh = Images.of(Platform.LINUX_AMD64, 1_000_000, code.length());
      try (var other = Clients.anonymous()) {
        other
            .pusher(registry.image("team/app:1"))
            .push(fresh.layerDescriptor(), Content.of(fresh.layer()));
      }
      assertThat(registry.storage().blob("team/app", fresh.layerDescriptor().digest()))
          .hasValue(fresh.layer());
    }
    assertThat(registry.requests("PATCH")).hasSize(rejections.size());
  }

  @Test
  void restartsInSingleRequestIfChunksAreRejected() throws RegistryException {
    registry
        .next(
            UPLOAD,
            exchange -> {
              registry.storage().receive(exchange, 500_000);
              exchange.cut();
            })
        .next("PATCH", exchange -> exchange.error(404, "UNSUPPORTED", "no chunks"));

    pushLayer();

    assertThat(stored()).hasValue(image.layer());
    assertThat(registry.requests("PATCH")).hasSize(1);
    assertThat(registry.requests(UPLOAD)).hasSize(2);
  }

  @Test
  void rejectsLoginPage() {
    for (var line : List.of("HEAD /v2", "PUT /v2")) {
      registry.next(
          line,
          exchange ->
              exchange
                  .with("Content-Type", "text/html; charset=utf-8")
                  .answer(200, "<!DOCTYPE html><title>Log in</title>".getBytes(UTF_8)));
    }
    var target = client.pusher(registry.image("team/app:1"));

    assertFails(
        ErrorKind.INVALID,
        registry.host() + " answered with a web page; the host may not be a registry",
        () -> target.exists(image.layerDescriptor().digest()));
    assertFails(
        ErrorKind.INVALID,
        "answered with a web page",
        () ->
            target.pushManifest(
                registry.image("team/app:1"),
                image.manifest().mediaType(),
                image.manifest().bytes()));
  }

  @Test
  void reportsWebPageInsteadOfError() {
    registry.next(
        "POST",
        exchange ->
            exchange
                .with("Content-Type", "text/html")
                .answer(401, "<html><body>Sign in</body></html>".getBytes(UTF_8)));

    assertThatThrownBy(this::pushLayer)
        .hasMessageContaining(
            "HTTP status 401 with a web page; no credentials were sent: provide credentials for "
                + registry.host())
        .hasMessageContaining("the host may not be a registry, or a proxy in front of it")
        .hasMessageNotContaining("<html>");
  }

  @Test
  void mountsFromTheSameRegistryOnly() throws RegistryException {
    try (var other = FakeRegistry.start()) {
      other.storage().putBlob("team/base", image.layer());
      var target = client.pusher(registry.image("team/app:1"));

      var transfer =
          target.ensure(
              image.layerDescriptor(),
              List.of(other.image("team/base:1")),
              Content.of(
                  image.layer().length,
                  () -> client.blob(other.image("team/base:1"), image.layerDescriptor())));

      assertThat(transfer).isEqualTo(BlobTransfer.UPLOADED);
      assertThat(stored()).hasValue(image.layer());
      assertThat(registry.requests("POST")).hasSize(1);
    }
  }

  @Test
  void acceptsImmutableTagOfSameImage() throws RegistryException {
    var reference = registry.image("team/app:1");
    var manifest = image.manifest();
    registry.storage().putManifest("team/app", "1", manifest.mediaType(), manifest.bytes());
    registry.next("PUT /v2/team/app/manifests/1", PushTest::rejectImmutableTag);

    assertThat(
            client
                .pusher(reference)
                .pushManifest(reference, manifest.mediaType(), manifest.bytes()))
        .isEqualTo(manifest.descriptor().digest());
  }

  @Test
  void doesNotMoveAnImmutableTag() {
    var reference = registry.image("team/app:1");
    var other = Images.of(Platform.LINUX_AMD64, 10, 2).manifest();
    registry.storage().putManifest("team/app", "1", other.mediaType(), other.bytes());
    registry.next("PUT /v2/team/app/manifests/1", PushTest::rejectImmutableTag);

    assertFails(
        ErrorKind.IMMUTABLE_TAG,
        "configured as immutable.; choose a tag that does not exist yet",
        () ->
            client
                .pusher(reference)
                .pushManifest(reference, image.manifest().mediaType(), image.manifest().bytes()));
  }

  private static void rejectImmutableTag(Exchange exchange) throws IOException {
    exchange.error(
        412, "PRECONDITION", "Failed to process request due to 'app:1' configured as immutable.");
  }

  @Test
  void reportsSourceRegistryOfCorruptBlob() throws RegistryException {
    try (var source = FakeRegistry.start()) {
      source.next("GET /v2/team/base/blobs", exchange -> exchange.answer(200, new byte[2_000_000]));
      var base = source.image("team/base:1");
      var content =
          Content.of(image.layer().length, () -> client.blob(base, image.layerDescriptor()));
      var target = client.pusher(registry.image("team/app:1"));

      assertFails(
          ErrorKind.DIGEST_MISMATCH,
          "cannot read blob %s of %s: the digest of the received bytes is"
              .formatted(image.layerDescriptor().digest(), base),
          () -> target.push(image.layerDescriptor(), content));
    }
  }

  @Test
  void reportsUnreadableContent() {
    var content =
        Content.of(
            image.layer().length,
            () -> {
              throw new IOException("layer.tar: no such file");
            });

    assertFails(
        ErrorKind.UNAVAILABLE,
        "layer.tar: no such file",
        () -> client.pusher(registry.image("team/app:1")).push(image.layerDescriptor(), content));
  }
}
