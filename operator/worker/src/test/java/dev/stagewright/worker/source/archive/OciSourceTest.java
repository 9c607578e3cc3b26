package dev.stagewright.worker.source.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.stagewright.layers.oci.ContainerConfig;
import dev.stagewright.layers.oci.Descriptor;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.layers.oci.Manifest;
import dev.stagewright.layers.oci.Platform;
import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.SourceRequest;
import dev.stagewright.registry.RegistryClient;
import dev.stagewright.registry.auth.Credentials;
import dev.stagewright.registry.host.RegistryHosts;
import dev.stagewright.registry.http.Content;
import dev.stagewright.worker.registries.LocalRegistry;
import dev.stagewright.worker.registries.SmallImage;
import dev.stagewright.worker.source.SourceTree;
import dev.stagewright.worker.source.archive.TestArchives.Item;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sources in a real registry. */
class OciSourceTest {
  private static final String FLUX_LAYER = "application/vnd.cncf.flux.content.v1.tar+gzip";
  private static final String FLUX_CONFIG = "application/vnd.cncf.flux.config.v1+json";

  @TempDir private Path directory;
  private LocalRegistry registry;
  private RegistryClient client;

  @BeforeEach
  void start() throws IOException {
    registry =
        LocalRegistry.start(
            Files.createDirectories(directory.resolve("registry")), Optional.empty());
    client = client();
  }

  private static RegistryClient client() {
    return RegistryClient.create(RegistryHosts.of(List.of()), Credentials.none());
  }

  @AfterEach
  void stop() {
    client.close();
    registry.close();
  }

  @Test
  void usesTheOnlyLayerOfAnArtifact() throws Exception {
    var digest = push("app:1", FLUX_CONFIG, FLUX_LAYER);

    try (var tree = fetch("app:1", Optional.empty())) {
      assertThat(tree.entry("Dockerfile")).isPresent();
      assertThat(tree.origin().orElseThrow().digest()).isEqualTo(digest.toString());
      assertThat(tree.origin().orElseThrow().url()).isEqualTo(registry.host() + "/team/app");
    }
    try (var tree = fetch("app@" + digest, Optional.empty())) {
      assertThat(tree.entry("Dockerfile")).isPresent();
    }
  }

  @Test
  void usesTheFilesOfAnImage() throws Exception {
    SmallImage.create(directory.resolve("blobs"), "web/Dockerfile", "FROM a", ContainerConfig.EMPTY)
        .push(client, reference("image:1"));

    try (var tree = fetch("image:1", Optional.empty())) {
      assertThat(tree.entry("web/Dockerfile")).isPresent();
    }
  }

  @Test
  void selectsALayerByItsMediaType() throws Exception {
    push("two:1", FLUX_CONFIG, "application/json", FLUX_LAYER);

    try (var tree = fetch("two:1", Optional.of(FLUX_LAYER))) {
      assertThat(tree.entry("Dockerfile")).isPresent();
    }
    var failure = failureOf("two:1", Optional.empty());
    assertThat(failure.reason()).isEqualTo(FailureReason.SourceInvalid);
    assertThat(failure.message())
        .contains("has 2 layers", "set mediaType", "application/json, " + FLUX_LAYER);
  }

  @Test
  void reportsAMissingArtifact() throws Exception {
    push("app:1", FLUX_CONFIG, FLUX_LAYER);

    var failure = failureOf("app:2", Optional.empty());
    assertThat(failure.reason()).isEqualTo(FailureReason.SourceNotFound);
    assertThat(failure.message()).startsWith("spec.source.oci.image: ").contains("team/app:2");
  }

  @Test
  void refusesALayerThatIsNotAnArchive() throws Exception {
    push("text:1", FLUX_CONFIG, "text/plain");

    var failure = failureOf("text:1", Optional.empty());
    assertThat(failure.reason()).isEqualTo(FailureReason.SourceInvalid);
    assertThat(failure.message()).contains("neither a tar archive");
  }

  /** Pushes an artifact as flux and oras do; the layer of the Flux type has a Dockerfile. */
  private Digest push(String image, String configType, String... layerTypes) throws IOException {
    var target = client.pusher(reference(image));
    var config = blob(configType, "{}".getBytes(StandardCharsets.UTF_8));
    target.push(config.descriptor(), Content.of(config.bytes()));
    var layers = new ArrayList<Descriptor>();
    for (var type : layerTypes) {
      var layer =
          blob(
              type,
              type.equals(FLUX_LAYER)
                  ? TestArchives.compressed(
                      TestArchives.tar(Item.file("Dockerfile", "FROM a")),
                      TestArchives.compressors().get(1))
                  : "x".repeat(600).getBytes(StandardCharsets.UTF_8));
      target.push(layer.descriptor(), Content.of(layer.bytes()));
      layers.add(layer.descriptor());
    }
    var manifest = Manifest.of(config.descriptor(), layers);
    return target.pushManifest(reference(image), manifest.mediaType(), manifest.bytes());
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Blob(Descriptor descriptor, byte[] bytes) {}

  private static Blob blob(String type, byte[] bytes) {
    return new Blob(new Descriptor(type, Digest.of(bytes), bytes.length), bytes);
  }

  private ImageReference reference(String image) {
    return ImageReference.parse(registry.host() + "/team/" + image);
  }

  private SourceTree fetch(String image, Optional<String> mediaType) throws IOException {
    var request =
        new SourceRequest.Oci(
            registry.host() + "/team/" + image,
            mediaType,
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return new OciSource(
            request, Platform.LINUX_AMD64, directory.resolve("scratch"), ArchiveLimits.DEFAULT)
        .fetch(OciSourceTest::client);
  }

  private Failure failureOf(String image, Optional<String> mediaType) {
    return catchThrowableOfType(BuildFailedException.class, () -> fetch(image, mediaType))
        .failure();
  }
}
