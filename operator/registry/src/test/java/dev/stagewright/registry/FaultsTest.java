package dev.stagewright.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.layers.oci.Platform;
import dev.stagewright.registry.auth.Credentials;
import dev.stagewright.registry.call.Retry;
import dev.stagewright.registry.error.ErrorKind;
import dev.stagewright.registry.error.RegistryException;
import dev.stagewright.registry.host.RegistryHosts;
import dev.stagewright.registry.http.Content;
import dev.stagewright.registry.proxy.ProxyEnvironment;
import dev.stagewright.registry.push.BlobSource;
import dev.stagewright.registry.real.DistributionRegistry;
import dev.stagewright.registry.real.Fault;
import dev.stagewright.registry.real.FaultProxy;
import dev.stagewright.registry.real.TagReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Pushes to a real registry through a proxy that injects faults, while a reader resolves the tag
 * continuously.
 */
@TestInstance(Lifecycle.PER_CLASS)
final class FaultsTest {
  private static final int SIZE = 3_000_000;
  private static final String PUT_BLOB = "PUT /v2/team/app/blobs/uploads/";
  private static final String PUT_MANIFEST = "PUT /v2/team/app/manifests/";
  private static final Fault.Answer BROKEN =
      new Fault.Answer(
          500, "", "{\"errors\":[{\"code\":\"UNKNOWN\",\"message\":\"unknown error\"}]}");

  private Optional<DistributionRegistry> started = Optional.empty();
  private Optional<FaultProxy> faultProxy = Optional.empty();
  private Optional<TagReader> tagReader = Optional.empty();
  private final List<Duration> pauses = new ArrayList<>();
  private Runnable duringPause = () -> {};
  private int seed;

  private final RegistryClient client =
      RegistryClient.create(
          RegistryHosts.defaults(),
          Credentials.none(),
          new ClientOptions(
              Clients.TIMEOUTS, new Retry(Clients.ATTEMPTS, this::pause), ProxyEnvironment.NONE));

  /** Synchronized, so that every paused thread finds a registry that was started meanwhile. */
  private synchronized void pause(Duration duration) {
    pauses.add(duration);
    duringPause.run();
  }

  @BeforeAll
  void start(@TempDir Path directory) {
    started = Optional.of(DistributionRegistry.start(directory));
  }

  @AfterAll
  void stop() {
    client.close();
    started.ifPresent(DistributionRegistry::close);
  }

  @BeforeEach
  void read() {
    faultProxy = Optional.of(FaultProxy.before(registry().port()));
    tagReader = Optional.of(TagReader.start(registry().host(), "team/app", "1"));
    pauses.clear();
    duringPause = () -> {};
  }

  /** Whatever fault occurred, no reader saw a tag with an incomplete image. */
  @AfterEach
  void assertNoIncompleteImage() throws InterruptedException {
    proxy().close();
    tagReader.orElseThrow().stop();
    assertThat(tagReader.orElseThrow().incomplete()).isEmpty();
  }

  private DistributionRegistry registry() {
    return started.orElseThrow();
  }

  private FaultProxy proxy() {
    return faultProxy.orElseThrow();
  }

  private ImageReference name() {
    return ImageReference.parse(proxy().host() + "/team/app:1");
  }

  /** Creates an image that the registry does not have. */
  private Images freshImage() {
    return Images.of(Platform.LINUX_AMD64, SIZE, ++seed);
  }

  private void push(Images image) throws IOException, InterruptedException {
    var blobs =
        List.of(
            new BlobSource(image.layerDescriptor(), List.of(), Content.of(image.layer())),
            new BlobSource(
                image.manifest().config(), List.of(), Content.of(image.config().bytes())));
    var _ = client.pusher(name()).pushImage(blobs, image.manifest(), List.of(name()), (_, _) -> {});
  }

  private void assertPushed(Images image) throws IOException {
    var found = client.resolve(name(), Platform.LINUX_AMD64);
    assertThat(found.manifest()).isEqualTo(image.manifest());
    try (var layer = client.blob(name(), image.layerDescriptor())) {
      assertThat(layer.readAllBytes()).isEqualTo(image.layer());
    }
  }

  private static Fault cutRequestAt(int percent) {
    return new Fault.CutRequest((long) SIZE * percent / 100);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 10, 20, 30, 40, 50, 60, 70, 80, 90})
  void uploadsBlobDespiteInterruptionAtPercent(int percent) throws Exception {
    var image = freshImage();
    proxy().next(PUT_BLOB, cutRequestAt(percent));

    push(image);

    assertPushed(image);
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 50, 90})
  void resumesInterruptedUpload(int percent) throws Exception {
    var image = freshImage();
    proxy().next(PUT_BLOB, cutRequestAt(percent));

    client.pusher(name()).push(image.layerDescriptor(), Content.of(image.layer()));

    // Within one session, no byte can be sent twice. The number of chunks depends on whether the
    // registry still reads the interrupted request when it is asked for its position.
    assertThat(proxy().requests("POST")).hasSize(1);
    assertThat(proxy().requests("PATCH")).isNotEmpty();
  }

  @Test
  void uploadsBlobDespiteRepeatedInterruptions() throws Exception {
    var image = freshImage();
    proxy().next(PUT_BLOB, cutRequestAt(10));
    for (var cuts = 0; cuts < 8; cuts++) {
      proxy().next("PATCH", new Fault.CutRequest(100_000));
    }

    push(image);

    assertPushed(image);
    assertThat(proxy().requests("PATCH")).hasSizeGreaterThan(Clients.ATTEMPTS);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 10, 20, 30, 40, 50, 60, 70, 80, 90})
  void downloadsBlobDespiteInterruptionAtPercent(int percent) throws Exception {
    var image = freshImage();
    push(image);
    proxy().next("GET /v2/team/app/blobs/", new Fault.CutAnswer((long) SIZE * percent / 100));

    try (var layer = client.blob(name(), image.layerDescriptor())) {
      assertThat(layer.readAllBytes()).isEqualTo(image.layer());
    }
  }

  static Stream<Named<String>> requests() {
    return Stream.of(
        Named.of("start of an upload", "POST"),
        Named.of("end of an upload", PUT_BLOB),
        Named.of("push of a manifest", PUT_MANIFEST),
        Named.of("check of a blob", "HEAD"));
  }

  @ParameterizedTest
  @MethodSource("requests")
  void retriesAfter500(String request) throws Exception {
    var image = freshImage();
    proxy().next(request, BROKEN).next(request, BROKEN);

    push(image);

    assertPushed(image);
  }

  @ParameterizedTest
  @MethodSource("requests")
  void retriesAfter500OfSuccessfulRequest(String request) throws Exception {
    var image = freshImage();
    proxy()
        .next(request, new Fault.AnswerAfterwards(BROKEN))
        .next(request, new Fault.AnswerAfterwards(BROKEN));

    push(image);

    assertPushed(image);
  }

  @ParameterizedTest
  @MethodSource("requests")
  void retriesAfterLostResponse(String request) throws Exception {
    var image = freshImage();
    proxy().next(request, new Fault.CutAnswer(-1));

    push(image);

    assertPushed(image);
  }

  @Test
  void uploadsInChunksAfter413() throws Exception {
    var image = freshImage();
    proxy().rejectLongerThan(1 << 20);

    push(image);

    assertPushed(image);
  }

  @Test
  void respectsRetryAfterOf429() throws Exception {
    var image = freshImage();
    proxy().next(PUT_MANIFEST, new Fault.Answer(429, "Retry-After: 7\r\n", ""));

    push(image);

    assertThat(pauses).containsExactly(Duration.ofSeconds(7));
  }

  @ParameterizedTest
  @ValueSource(strings = {"BLOB_UNKNOWN", "MANIFEST_BLOB_UNKNOWN"})
  void checksBlobsAgainIfReplicaLacksThem(String code) throws Exception {
    var image = freshImage();
    var unknown = new Fault.Answer(404, "", "{\"errors\":[{\"code\":\"" + code + "\"}]}");
    proxy().next(PUT_MANIFEST, unknown);

    push(image);

    assertPushed(image);
    assertThat(proxy().requests("POST")).hasSize(2);
    assertThat(proxy().requests("HEAD")).hasSize(4);
  }

  @Test
  void uploadsAgainBlobThatManifestErrorNames() throws Exception {
    var image = freshImage();
    var missing = image.layerDescriptor().digest();
    var unknown =
        new Fault.Answer(
            404,
            "",
            "{\"errors\":[{\"code\":\"MANIFEST_BLOB_UNKNOWN\",\"detail\":{\"digest\":\"%s\"}}]}"
                .formatted(missing));
    proxy().next(PUT_MANIFEST, unknown).next(PUT_MANIFEST, unknown);

    push(image);

    assertPushed(image);
    assertThat(proxy().requests(PUT_BLOB))
        .filteredOn(put -> put.contains(missing.hex()))
        .hasSize(2);
  }

  @Test
  void keepsTagIfBlobsStayUnknown() throws Exception {
    var before = freshImage();
    push(before);
    for (var i = 0; i < Clients.ATTEMPTS; i++) {
      proxy()
          .next(
              PUT_MANIFEST,
              new Fault.Answer(404, "", "{\"errors\":[{\"code\":\"MANIFEST_BLOB_UNKNOWN\"}]}"));
    }

    assertThatThrownBy(() -> push(freshImage()))
        .hasMessageContaining("replicas of the registry need shared storage")
        .extracting(failure -> ((RegistryException) failure).kind())
        .isEqualTo(ErrorKind.UNAVAILABLE);
    assertPushed(before);
  }

  @Test
  void failsIfRegistryReturnsOtherDigest() throws Exception {
    var before = freshImage();
    push(before);
    var wrong =
        new Fault.Answer(
            201, "Docker-Content-Digest: " + before.manifest().descriptor().digest() + "\r\n", "");
    proxy().next(PUT_MANIFEST, new Fault.AnswerAfterwards(wrong));

    assertThatThrownBy(() -> push(freshImage()))
        .hasMessageContaining("the registry stored it as")
        .extracting(failure -> ((RegistryException) failure).kind())
        .isEqualTo(ErrorKind.DIGEST_MISMATCH);
    assertPushed(before);
  }

  @Test
  void waitsForStoppedRegistry() throws Exception {
    var image = freshImage();
    registry().stop();
    duringPause = startAtPause(3);

    push(image);

    assertPushed(image);
  }

  @Test
  void continuesAfterRegistryRestartDuringBlob() throws Exception {
    var image = freshImage();
    proxy()
        .next(PUT_BLOB, new Fault.Wait(registry()::stop))
        .next("GET /v2/team/app/blobs/uploads/", new Fault.Wait(() -> {}));
    duringPause = startAtPause(2);

    push(image);

    assertPushed(image);
  }

  @Test
  void continuesAfterRegistryRestartBeforeTag() throws Exception {
    var image = freshImage();
    proxy().next(PUT_MANIFEST + "1", new Fault.Wait(registry()::stop));
    duringPause = startAtPause(2);

    push(image);

    assertPushed(image);
  }

  private Runnable startAtPause(int number) {
    return () -> {
      if (pauses.size() == number) {
        registry().start();
      }
    };
  }

  @Test
  void keepsTagIfRegistryStaysDown() throws Exception {
    var before = freshImage();
    push(before);
    registry().stop();

    try {
      assertThatThrownBy(() -> push(freshImage()))
          .extracting(failure -> ((RegistryException) failure).kind())
          .isEqualTo(ErrorKind.UNAVAILABLE);
    } finally {
      registry().start();
    }
    assertPushed(before);
  }

  @Test
  void readerResolvesPushedImage() throws Exception {
    push(freshImage());

    var requests = tagReader.orElseThrow().complete();
    await().until(() -> tagReader.orElseThrow().complete() > requests);
  }
}
