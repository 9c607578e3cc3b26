package dev.stagewright.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.layers.oci.ContainerConfig;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.layers.oci.Manifest;
import dev.stagewright.layers.oci.MediaTypes;
import dev.stagewright.layers.oci.Platform;
import dev.stagewright.protocol.BuildRequest.Destination;
import dev.stagewright.protocol.BuildRequest.ImageFormat;
import dev.stagewright.protocol.BuildRequest.Output;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.LayerOptions;
import dev.stagewright.protocol.Termination;
import dev.stagewright.registry.RegistryClient;
import dev.stagewright.registry.auth.Credentials;
import dev.stagewright.registry.host.RegistryHosts;
import dev.stagewright.worker.registries.LocalRegistry;
import dev.stagewright.worker.registries.SmallImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests of images with several destinations, with a real registry. */
class OutputsTest {
  @TempDir private Path directory;
  private LocalRegistry registry;
  private RegistryClient client;
  private Phases phases;

  @BeforeEach
  void start() throws Exception {
    registry = LocalRegistry.start(directory, Optional.empty());
    client = RegistryClient.create(RegistryHosts.defaults(), Credentials.none());
    phases = new Phases(directory, registry.host());
    SmallImage.create(directory.resolve("base"), "a", "a", ContainerConfig.EMPTY)
        .push(client, image("library/base:1"));
  }

  @AfterEach
  void stop() {
    client.close();
    registry.close();
  }

  @Test
  void pushesSameImageToAllNamesAndUploadsBlobsOnce() throws Exception {
    var pushed =
        push(
            ImageFormat.OCI,
            destination("spec.output", registry.host() + "/team/app", "1", "latest"),
            destination("spec.output.additionalImages[0]", registry.host() + "/other/app", "1"));

    for (var name : List.of("team/app:1", "team/app:latest", "other/app:1")) {
      assertThat(client.find(image(name)).orElseThrow().digest())
          .as(name)
          .isEqualTo(pushed.digest());
    }
    var layer = manifest("team/app:1").layers().getLast();
    assertThat(phases.log().lines().filter(line -> line.contains(layer.digest().shortHex())))
        .hasSize(2)
        .anyMatch(line -> line.endsWith(": uploaded"))
        .anyMatch(line -> line.endsWith(": mounted"));
    assertThat(pushed.uploadedBytes()).isLessThan(pushed.size());
  }

  @Test
  void annotatesManifest() throws Exception {
    push(ImageFormat.OCI, destination("spec.output", registry.host() + "/team/app", "1"));

    var image = client.resolve(image("team/app:1"), Platform.LINUX_AMD64);
    var base = client.find(image("library/base:1")).orElseThrow();
    assertThat(image.manifest().annotations())
        .containsOnly(
            Map.entry("own", "yes"),
            Map.entry("org.opencontainers.image.base.name", registry.host() + "/library/base:1"),
            Map.entry("org.opencontainers.image.base.digest", base.digest().toString()),
            Map.entry(
                "org.opencontainers.image.created",
                image.config().created().orElseThrow().toString()));
    assertThat(image.config().config().labels()).containsEntry("team", "a");
  }

  @Test
  void pushesDockerMediaTypes() throws Exception {
    push(ImageFormat.DOCKER, destination("spec.output", registry.host() + "/team/app", "1"));

    var manifest = manifest("team/app:1");
    assertThat(manifest.mediaType()).isEqualTo(MediaTypes.DOCKER_MANIFEST);
    assertThat(manifest.config().mediaType()).isEqualTo(MediaTypes.DOCKER_CONFIG);
    assertThat(manifest.layers())
        .extracting(layer -> layer.mediaType())
        .containsOnly(MediaTypes.DOCKER_LAYER_GZIP);
    assertThat(manifest.annotations()).isEmpty();
  }

  @Test
  void writesNothingIfOneRepositoryRefuses() throws Exception {
    var accounts =
        Files.writeString(Files.createDirectory(directory.resolve("b")).resolve("a"), "");
    try (var closed = LocalRegistry.start(directory.resolve("b"), Optional.of(accounts))) {
      prepare(
          ImageFormat.OCI,
          destination("spec.output", registry.host() + "/team/app", "1"),
          destination("spec.output.additionalImages[0]", closed.host() + "/team/app", "1"));
      assertThat(phases.publish()).isEqualTo(40);

      var failure = failure();
      assertThat(failure.reason()).isEqualTo(FailureReason.PushUnauthorized);
      assertThat(failure.message()).contains(closed.host() + "/team/app");
      assertThat(client.find(image("team/app:1"))).isEmpty();
    }
  }

  @Test
  void rejectsInvalidTagInPrepare() throws Exception {
    phases.output(
        output(
            ImageFormat.OCI,
            destination("spec.output", registry.host() + "/team/app", "1", "{{.Commit}}")));

    assertThat(phases.prepare("FROM scratch\n", Map.of())).isEqualTo(20);
    assertThat(failure().message()).startsWith("spec.output.tags[0]: {{.Commit}} has no value");
  }

  private Failure failure() throws IOException {
    return ((Termination.Failed) phases.termination()).failure();
  }

  private Termination.Pushed push(ImageFormat format, Destination... destinations)
      throws IOException {
    prepare(format, destinations);
    assertThat(phases.publish()).isZero();
    return (Termination.Pushed) phases.termination();
  }

  private void prepare(ImageFormat format, Destination... destinations) throws IOException {
    phases.output(output(format, destinations));
    var dockerfile = "FROM " + registry.host() + "/library/base:1\nCOPY a /a\n";
    assertThat(phases.prepare(dockerfile, Map.of("a", "1"))).isZero();
    phases.pretendStages();
  }

  private static Output output(ImageFormat format, Destination... destinations) {
    return new Output(
        List.of(destinations),
        format,
        Map.of("team", "a"),
        Map.of("own", "yes"),
        LayerOptions.DEFAULT);
  }

  private static Destination destination(String field, String repository, String... tags) {
    return new Destination(field, repository, List.of(tags), Optional.empty(), Optional.empty());
  }

  private Manifest manifest(String name) throws IOException {
    return client.resolve(image(name), Platform.LINUX_AMD64).manifest();
  }

  private ImageReference image(String name) {
    return ImageReference.parse(registry.host() + "/" + name);
  }
}
