package dev.stagewright.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stagewright.layers.oci.ContainerConfig;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.layers.oci.Platform;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.StageBase;
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

/** Tests of prepare and publish with a real registry and simulated stages. */
class PrepareAndPublishTest {
  @TempDir private Path directory;
  private LocalRegistry registry;
  private RegistryClient client;
  private SmallImage base;
  private Phases phases;

  @BeforeEach
  void pushBase() throws Exception {
    registry = LocalRegistry.start(directory, Optional.empty());
    phases = new Phases(directory, registry.host());
    client = RegistryClient.create(RegistryHosts.defaults(), Credentials.none());
    base =
        SmallImage.create(
            directory.resolve("base"),
            "etc/os-release",
            "ID=test\n",
            ContainerConfig.EMPTY.withEnv(List.of("PATH=/bin")).withCmd(List.of("sh")));
    base.push(client, image("library/base:1"));
  }

  @AfterEach
  void stop() {
    client.close();
    registry.close();
  }

  @Test
  void buildsImageOnBase() throws Exception {
    var pushed = build("FROM " + registry.host() + "/library/base:1\nCOPY a /a\nENV B=2\n");

    assertThat(pushed.layers()).isEqualTo(2);
    var found = client.resolve(image("team/app:1"), Platform.LINUX_AMD64);
    assertThat(found.descriptor().digest()).isEqualTo(pushed.digest());
    assertThat(found.config().diffIds()).hasSize(2).contains(base.layer().diffId());
    assertThat(found.config().config().env()).containsExactly("PATH=/bin", "B=2");
    assertThat(found.config().config().cmd()).containsExactly("sh");
    assertThat(found.config().history())
        .extracting(entry -> entry.createdBy().orElse(""))
        .containsExactly("ADD", "COPY a /a # buildkit", "ENV B=2");
    assertThat(found.config().created()).isPresent();
    assertThat(pushed.size())
        .isEqualTo(
            found.manifest().config().size()
                + found.manifest().layers().stream().mapToLong(layer -> layer.size()).sum());
  }

  @Test
  void mountsBaseLayers() throws Exception {
    var pushed = build("FROM " + registry.host() + "/library/base:1\nCOPY a /a\n");

    assertThat(phases.log()).contains("base layer " + base.layer().blob().digest().shortHex());
    assertThat(phases.log()).contains(": mounted");
    assertThat(pushed.uploadedBytes()).isEqualTo(pushed.size() - base.layer().blob().size());
  }

  @Test
  void uploadsNothingTwice() throws Exception {
    build("FROM " + registry.host() + "/library/base:1\nCOPY a /a\n");
    var again = build("FROM " + registry.host() + "/library/base:1\nCOPY a /a\n");

    assertThat(phases.log()).contains("already exists").doesNotContain(": uploaded");
    assertThat(again.uploadedBytes()).isLessThan(1000);
  }

  @Test
  void resolvesBaseAtMirror() throws Exception {
    phases.mirror("docker.io", registry.host());

    build("FROM base:1\nCOPY a /a\n");

    assertThat(phases.plan().stages().getFirst().base())
        .isInstanceOfSatisfying(
            StageBase.Image.class,
            image -> {
              assertThat(image.pinned().name()).isEqualTo("docker.io/library/base");
              assertThat(image.location().name()).isEqualTo(registry.host() + "/library/base");
            });
    assertThat(phases.log()).contains(": mounted");
  }

  @Test
  void copiesBaseLayersOfOtherRegistry() throws Exception {
    try (var other =
        LocalRegistry.start(Files.createDirectory(directory.resolve("b")), Optional.empty())) {
      phases = new Phases(directory, other.host());
      var pushed = build("FROM " + registry.host() + "/library/base:1\nCOPY a /a\n");

      assertThat(pushed.uploadedBytes()).isEqualTo(pushed.size());
      var app = ImageReference.parse(other.host() + "/team/app:1");
      var found = client.resolve(app, Platform.LINUX_AMD64);
      try (var layer = client.blob(app, found.manifest().layers().getFirst())) {
        assertThat(layer.readAllBytes()).hasSize((int) base.layer().blob().size());
      }
    }
  }

  @Test
  void reportsMissingBaseImage() throws Exception {
    var dockerfile =
        "FROM scratch\nFROM " + registry.host() + "/library/bose:1 AS web\nCOPY a /a\n";

    assertThat(phases.prepare(dockerfile, Map.of("a", "1"))).isEqualTo(20);
    var failure = ((Termination.Failed) phases.termination()).failure();
    assertThat(failure.reason()).isEqualTo(FailureReason.BaseImageNotFound);
    assertThat(failure.message())
        .startsWith(
            "image %s/library/bose:1 of stage web was not found".formatted(registry.host()));
    assertThat(failure.stage()).contains("web");
    assertThat(failure.position().orElseThrow().line()).isEqualTo(2);
  }

  private Termination.Pushed build(String dockerfile) throws IOException {
    assertThat(phases.prepare(dockerfile, Map.of("a", "1"))).isZero();
    phases.pretendStages();
    assertThat(phases.publish()).isZero();
    return (Termination.Pushed) phases.termination();
  }

  private ImageReference image(String name) {
    return ImageReference.parse(registry.host() + "/" + name);
  }
}
