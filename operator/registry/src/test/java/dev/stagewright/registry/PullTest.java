package dev.stagewright.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagewright.layers.oci.Descriptor;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.oci.ImageIndex;
import dev.stagewright.layers.oci.MediaTypes;
import dev.stagewright.layers.oci.Platform;
import dev.stagewright.registry.error.ErrorKind;
import dev.stagewright.registry.error.RegistryException;
import dev.stagewright.registry.fake.FakeRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class PullTest {
  private final FakeRegistry registry = FakeRegistry.start();
  private final RegistryClient client = Clients.anonymous();
  private final Images image = Images.of(Platform.LINUX_AMD64, 50_000, 1);

  @BeforeEach
  void store() {
    var storage = registry.storage();
    storage.putBlob("team/app", image.layer());
    storage.putBlob("team/app", image.config().bytes());
    storage.putManifest("team/app", "1", MediaTypes.MANIFEST, image.manifest().bytes());
  }

  @AfterEach
  void stop() {
    client.close();
    registry.close();
    assertThat(registry.violations()).isEmpty();
  }

  private static void assertFails(ErrorKind kind, String message, ThrowingCallable call) {
    assertThatThrownBy(call)
        .hasMessageContaining(message)
        .isInstanceOfSatisfying(
            RegistryException.class, failure -> assertThat(failure.kind()).isEqualTo(kind));
  }

  private byte[] layer() throws IOException {
    try (var blob = client.blob(registry.image("team/app:1"), image.layerDescriptor())) {
      return blob.readAllBytes();
    }
  }

  @Test
  void readsDockerManifestList() throws RegistryException {
    var index =
        ImageIndex.of(
            List.of(
                new ImageIndex.Entry(
                    image.manifest().descriptor(), Optional.of(Platform.LINUX_AMD64), Map.of())));
    var list =
        index
            .toString()
            .replace(MediaTypes.INDEX, MediaTypes.DOCKER_INDEX)
            .getBytes(StandardCharsets.UTF_8);
    registry.storage().putManifest("team/app", "list", MediaTypes.DOCKER_INDEX, list);

    var resolved = client.resolve(registry.image("team/app:list"), Platform.LINUX_AMD64);

    assertThat(resolved.manifest()).isEqualTo(image.manifest());
    assertThat(resolved.location())
        .isEqualTo(registry.image("team/app:list").pinned(resolved.descriptor().digest()));
  }

  @Test
  void retriesTemporaryFailures() throws RegistryException {
    registry
        .next("GET /v2/team/app/manifests", exchange -> exchange.answer(503))
        .next("GET /v2/team/app/manifests", exchange -> exchange.cut())
        .next("GET /v2/team/app/manifests", exchange -> exchange.answer(429));

    assertThat(client.resolve(registry.image("team/app:1"), Platform.LINUX_AMD64).manifest())
        .isEqualTo(image.manifest());
  }

  @Test
  void failsAfterLastAttemptWithResponse() {
    for (var i = 0; i < Clients.ATTEMPTS; i++) {
      registry.next("GET /v2", exchange -> exchange.error(500, "UNKNOWN", "internal server error"));
    }

    assertFails(
        ErrorKind.UNAVAILABLE,
        "cannot read the manifest of "
            + registry.image("team/app:1")
            + ": 500 UNKNOWN: internal server error",
        () -> client.resolve(registry.image("team/app:1"), Platform.LINUX_AMD64));
    assertThat(registry.requests("GET /v2")).hasSize(Clients.ATTEMPTS);
  }

  @Test
  void doesNotRetryNotFound() {
    assertFails(
        ErrorKind.NOT_FOUND,
        "MANIFEST_UNKNOWN",
        () -> client.resolve(registry.image("team/app:2"), Platform.LINUX_AMD64));
    assertThat(registry.requests("GET")).hasSize(1);
  }

  @Test
  void rejectsImageOfOtherPlatform() {
    assertFails(
        ErrorKind.NOT_FOUND,
        "the image does not support platform linux/arm64; available: linux/amd64",
        () -> client.resolve(registry.image("team/app:1"), Platform.parse("linux/arm64")));
  }

  @Test
  void rejectsManifestWithOtherDigest() {
    var pinned = registry.image("team/app:1").pinned(image.manifest().descriptor().digest());
    registry.next(
        "GET /v2/team/app/manifests",
        exchange ->
            exchange
                .with("Content-Type", MediaTypes.MANIFEST)
                .answer(200, "{}".getBytes(StandardCharsets.UTF_8)));

    assertFails(
        ErrorKind.DIGEST_MISMATCH,
        ", not " + image.manifest().descriptor().digest(),
        () -> client.resolve(pinned, Platform.LINUX_AMD64));
  }

  @Test
  void rejectsHugeManifest() {
    for (var i = 0; i < Clients.ATTEMPTS; i++) {
      registry.next(
          "GET /v2/team/app/manifests",
          exchange ->
              exchange
                  .with("Content-Type", MediaTypes.MANIFEST)
                  .answer(200, new byte[(4 << 20) + 1]));
    }

    assertFails(
        ErrorKind.UNAVAILABLE,
        "the response is longer than 4194304 bytes",
        () -> client.resolve(registry.image("team/app:1"), Platform.LINUX_AMD64));
  }

  @Test
  void endsRedirectLoop() {
    for (var i = 0; i < 100; i++) {
      registry.next(
          "GET /v2/team/app/manifests",
          exchange -> exchange.with("Location", "/v2/team/app/manifests/1").answer(307));
    }

    assertFails(
        ErrorKind.UNAVAILABLE,
        "more than 5 redirects",
        () -> client.resolve(registry.image("team/app:1"), Platform.LINUX_AMD64));
    assertThat(registry.requests("GET /v2/team/app/manifests")).hasSizeLessThan(50);
  }

  @Test
  void rejectsArtifactThatIsNotAnImage() {
    registry
        .storage()
        .putManifest("team/app", "old", MediaTypes.MANIFEST, image.manifest().bytes());
    registry.next(
        "GET /v2/team/app/manifests",
        exchange ->
            exchange
                .with("Content-Type", "application/vnd.docker.distribution.manifest.v1+prettyjws")
                .answer(200, image.manifest().bytes()));

    assertFails(
        ErrorKind.INVALID,
        "the reference is not an image but \"application/vnd.docker.distribution.manifest.v1+prettyjws\"",
        () -> client.resolve(registry.image("team/app:old"), Platform.LINUX_AMD64));
  }

  @Test
  void rejectsCorruptBlob() {
    var damaged = image.layer().clone();
    damaged[100] ^= 1;
    registry.next("GET /v2/team/app/blobs", exchange -> exchange.answer(200, damaged));

    assertFails(
        ErrorKind.DIGEST_MISMATCH, "the digest of the received bytes is sha256:", this::layer);
  }

  @Test
  void rejectsTooLongBlob() {
    registry.next(
        "GET /v2/team/app/blobs",
        exchange -> exchange.answer(200, new byte[image.layer().length + 1]));

    assertFails(ErrorKind.DIGEST_MISMATCH, "more than 50000 bytes received", this::layer);
  }

  @Test
  void resumesInterruptedDownload() throws IOException {
    registry.next(
        "GET /v2/team/app/blobs",
        exchange ->
            exchange.answerCut(200, Arrays.copyOf(image.layer(), 20_000), image.layer().length));

    assertThat(layer()).isEqualTo(image.layer());
    assertThat(registry.requests("GET /v2/team/app/blobs")).hasSize(2);
  }

  @Test
  void resumesWithoutRangeSupport() throws IOException {
    registry
        .next(
            "GET /v2/team/app/blobs",
            exchange ->
                exchange.answerCut(200, Arrays.copyOf(image.layer(), 20_000), image.layer().length))
        .next("GET /v2/team/app/blobs", exchange -> exchange.answer(200, image.layer()));

    assertThat(layer()).isEqualTo(image.layer());
  }

  @Test
  void resumesAsLongAsDownloadMakesProgress() throws IOException {
    var pieces = 10;
    for (var i = 0; i < pieces; i++) {
      registry.next(
          "GET /v2/team/app/blobs",
          exchange -> {
            var from = exchange.header("Range").map(r -> r.replaceAll("[^0-9]", "")).orElse("0");
            var rest = Arrays.copyOfRange(image.layer(), Integer.parseInt(from), 50_000);
            exchange
                .with("Content-Range", "bytes " + from + "-49999/50000")
                .answerCut(from.equals("0") ? 200 : 206, Arrays.copyOf(rest, 4000), rest.length);
          });
    }

    assertThat(layer()).isEqualTo(image.layer());
    assertThat(pieces).isGreaterThan(Clients.ATTEMPTS);
  }

  @Test
  void failsIfDownloadMakesNoProgress() {
    for (var i = 0; i < Clients.ATTEMPTS; i++) {
      registry.next(
          "GET /v2/team/app/blobs",
          exchange -> exchange.answerCut(200, new byte[0], image.layer().length));
    }

    assertFails(ErrorKind.UNAVAILABLE, "cannot read blob", this::layer);
  }

  @Test
  void timesOutOnIdleDownload() throws IOException {
    registry.next(
        "GET /v2/team/app/blobs",
        exchange ->
            exchange.answerThenSilence(
                200, Arrays.copyOf(image.layer(), 1000), image.layer().length));

    assertThat(layer()).isEqualTo(image.layer());
  }

  @Test
  void reportsMissingResponse() {
    for (var i = 0; i < Clients.ATTEMPTS; i++) {
      registry.next("GET /v2", _ -> {});
    }

    assertFails(
        ErrorKind.UNAVAILABLE,
        "cannot read the manifest of %s: no response in time from %s"
            .formatted(registry.image("team/app:1"), registry.host()),
        () -> client.resolve(registry.image("team/app:1"), Platform.LINUX_AMD64));
  }

  @Test
  void timesOutWithoutResponse() throws RegistryException {
    registry.next("GET /v2/team/app/manifests", _ -> {});

    assertThat(client.resolve(registry.image("team/app:1"), Platform.LINUX_AMD64).manifest())
        .isEqualTo(image.manifest());
    assertThat(registry.requests("GET /v2/team/app/manifests")).hasSize(2);
  }

  @Test
  void reportsRefusedConnection() {
    registry.close();

    assertFails(
        ErrorKind.UNAVAILABLE,
        "the connection was refused",
        () -> client.resolve(registry.image("team/app:1"), Platform.LINUX_AMD64));
  }

  @Test
  void resolvesNestedIndexAndEntriesWithoutPlatform() throws RegistryException {
    var manifest = image.manifest().descriptor();
    var inner = index(List.of(new ImageIndex.Entry(manifest, Optional.empty(), Map.of())), "inner");
    var _ = index(List.of(new ImageIndex.Entry(inner, Optional.empty(), Map.of())), "outer");

    var resolved = client.resolve(registry.image("team/app:outer"), Platform.LINUX_AMD64);

    assertThat(resolved.manifest()).isEqualTo(image.manifest());
    assertFails(
        ErrorKind.NOT_FOUND,
        "the image does not support platform linux/arm64; available: linux/amd64",
        () ->
            client.resolve(
                registry.image("team/app:outer"),
                new Platform("linux", "arm64", Optional.empty())));
  }

  @Test
  void limitsNestingOfIndexes() {
    var inner = image.manifest().descriptor();
    for (var i = 0; i < 6; i++) {
      inner = index(List.of(new ImageIndex.Entry(inner, Optional.empty(), Map.of())), "deep");
    }

    assertFails(
        ErrorKind.INVALID,
        "the index is nested deeper than 4 levels",
        () -> client.resolve(registry.image("team/app:deep"), Platform.LINUX_AMD64));
  }

  private Descriptor index(List<ImageIndex.Entry> entries, String tag) {
    var bytes = ImageIndex.of(entries).bytes();
    registry.storage().putManifest("team/app", tag, MediaTypes.INDEX, bytes);
    return new Descriptor(MediaTypes.INDEX, Digest.of(bytes), bytes.length);
  }

  @Test
  void readsForeignLayerFromItsUrl() throws IOException {
    try (var store = FakeRegistry.start()) {
      store.next("GET /layers/a", exchange -> exchange.answer(200, image.layer()));
      var here = image.layerDescriptor();
      var foreign =
          new Descriptor(
              here.mediaType(),
              here.digest(),
              here.size(),
              List.of("http://" + store.host() + "/layers/a"));

      try (var layer = client.blob(registry.image("team/other:1"), foreign)) {
        assertThat(layer.readAllBytes()).isEqualTo(image.layer());
      }
    }
  }

  @Test
  void reportsWebPageInsteadOfManifest() {
    registry.next(
        "GET /v2/team/app/manifests",
        exchange ->
            exchange
                .with("Content-Type", "text/html; charset=utf-8")
                .answer(200, "<!DOCTYPE html><p>Log in".getBytes(StandardCharsets.UTF_8)));

    assertFails(
        ErrorKind.INVALID,
        "cannot read the manifest of %s: %s answered with a web page; the host may not be a registry"
            .formatted(registry.image("team/app:1"), registry.host()),
        () -> client.resolve(registry.image("team/app:1"), Platform.LINUX_AMD64));
  }

  @Test
  void reportsWebPageInsteadOfToken() {
    registry
        .next(
            "GET /v2/team/app/manifests",
            exchange ->
                exchange
                    .with(
                        "WWW-Authenticate", "Bearer realm=\"http://" + registry.host() + "/token\"")
                    .answer(401))
        .next(
            "GET /token",
            exchange -> exchange.answer(200, "<html>Log in".getBytes(StandardCharsets.UTF_8)));

    assertFails(
        ErrorKind.INVALID,
        "cannot get a token for %1$s (requested from http://%1$s/token): the response is a web page, not a token"
            .formatted(registry.host()),
        () -> client.resolve(registry.image("team/app:1"), Platform.LINUX_AMD64));
  }

  @Test
  void readsMediaTypeFromDocument() throws RegistryException {
    registry.next(
        "GET /v2/team/app/manifests/vague",
        exchange ->
            exchange.with("Content-Type", "text/plain").answer(200, image.manifest().bytes()));

    assertThat(client.resolve(registry.image("team/app:vague"), Platform.LINUX_AMD64).manifest())
        .isEqualTo(image.manifest());
  }

  @Test
  void readsTheManifestOfATagInOneRequest() throws RegistryException {
    var manifest = client.manifest(registry.image("team/app:1")).orElseThrow();

    assertThat(manifest.bytes()).isEqualTo(image.manifest().bytes());
    assertThat(manifest.descriptor()).isEqualTo(image.manifest().descriptor());
    assertThat(registry.requests("")).containsExactly("GET /v2/team/app/manifests/1");
  }

  @Test
  void aTagThatDoesNotExistHasNoManifest() throws RegistryException {
    assertThat(client.manifest(registry.image("team/app:2"))).isEmpty();
    assertThat(client.manifest(registry.image("team/other:1"))).isEmpty();
  }

  @Test
  void rejectsAManifestThatDiffersFromTheDigestOfTheRegistry() {
    registry.next(
        "GET /v2/team/app/manifests/1",
        exchange ->
            exchange
                .with("Docker-Content-Digest", image.layerDescriptor().digest().toString())
                .json(200, image.manifest().toString()));

    assertFails(
        ErrorKind.DIGEST_MISMATCH,
        "the storage of the registry, or a cache in front of it, is damaged",
        () -> client.manifest(registry.image("team/app:1")));
  }

  @Test
  void findsABlobWithoutThePermissionToPush() throws RegistryException {
    assertThat(client.hasBlob(registry.image("team/app:1"), image.layerDescriptor().digest()))
        .isTrue();
    assertThat(client.hasBlob(registry.image("team/other:1"), image.layerDescriptor().digest()))
        .isFalse();
  }
}
