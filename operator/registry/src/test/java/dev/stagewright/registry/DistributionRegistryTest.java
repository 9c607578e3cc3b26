package dev.stagewright.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.oci.ImageIndex;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.layers.oci.MediaTypes;
import dev.stagewright.layers.oci.Platform;
import dev.stagewright.registry.auth.Credentials;
import dev.stagewright.registry.error.ErrorKind;
import dev.stagewright.registry.error.RegistryException;
import dev.stagewright.registry.host.RegistryHost;
import dev.stagewright.registry.host.RegistryHosts;
import dev.stagewright.registry.http.Content;
import dev.stagewright.registry.push.BlobTransfer;
import dev.stagewright.registry.real.DistributionRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** Tests against the CNCF distribution registry. */
@TestInstance(Lifecycle.PER_CLASS)
final class DistributionRegistryTest {
  private static final Platform ARM = Platform.parse("linux/arm64");

  private Optional<DistributionRegistry> started = Optional.empty();
  private final RegistryClient client = Clients.anonymous();

  @BeforeAll
  void start(@TempDir Path directory) {
    started = Optional.of(DistributionRegistry.start(directory));
  }

  @AfterAll
  void stop() {
    client.close();
    started.ifPresent(DistributionRegistry::close);
  }

  private ImageReference image(String name) {
    return ImageReference.parse(started.orElseThrow().host() + "/" + name);
  }

  private void push(ImageReference reference, Images image) throws RegistryException {
    var target = client.pusher(reference);
    target.push(image.layerDescriptor(), Content.of(image.layer()));
    target.push(image.manifest().config(), Content.of(image.config().bytes()));
    var _ = target.pushManifest(reference, image.manifest().mediaType(), image.manifest().bytes());
  }

  @Test
  void listsTagsAndDoesNotDeleteByDefault() throws IOException {
    var image = Images.of(Platform.LINUX_AMD64, 100, 1);
    var other = Images.of(Platform.LINUX_AMD64, 100, 2);
    assertThat(client.tags(image("team/listed"))).isEmpty();
    push(image("team/listed:a"), image);
    push(image("team/listed:b"), image);
    push(image("team/listed:c"), other);

    assertThat(client.tags(image("team/listed"))).containsExactly("a", "b", "c");
    var digest = image.manifest().descriptor().digest();
    assertThatThrownBy(() -> client.delete(image("team/listed").pinned(digest)))
        .hasMessageContaining("the registry does not allow deletion");
  }

  @Test
  void resolvesPushedImage() throws IOException {
    var reference = image("team/app:1");
    var image = Images.of(Platform.LINUX_AMD64, 3_000_000, 1);
    push(reference, image);

    var resolved = client.resolve(reference, Platform.LINUX_AMD64);

    assertThat(resolved.manifest()).isEqualTo(image.manifest());
    assertThat(resolved.config()).isEqualTo(image.config());
    assertThat(resolved.location())
        .isEqualTo(reference.pinned(image.manifest().descriptor().digest()));
    try (var blob = client.blob(resolved.location(), image.layerDescriptor())) {
      assertThat(blob.readAllBytes()).isEqualTo(image.layer());
    }
    assertThat(client.find(reference)).contains(image.manifest().descriptor());
  }

  @Test
  void mountsBlobOfOtherRepositoryAndSkipsPresentBlob() throws IOException {
    var image = Images.of(Platform.LINUX_AMD64, 1000, 2);
    push(image("base/image:1"), image);
    var target = client.pusher(image("team/mounting:1"));
    var unreadable =
        Content.of(
            image.layer().length,
            () -> {
              throw new IOException("the content was opened");
            });

    var first = target.ensure(image.layerDescriptor(), List.of(image("base/image:1")), unreadable);
    var second = target.ensure(image.layerDescriptor(), List.of(), unreadable);

    assertThat(List.of(first, second)).containsExactly(BlobTransfer.MOUNTED, BlobTransfer.PRESENT);
  }

  @Test
  void uploadsBlobThatCannotBeMounted() throws RegistryException {
    var image = Images.of(Platform.LINUX_AMD64, 1000, 3);
    var target = client.pusher(image("team/unmounted:1"));

    var transfer =
        target.ensure(
            image.layerDescriptor(), List.of(image("base/other:1")), Content.of(image.layer()));

    assertThat(transfer).isEqualTo(BlobTransfer.UPLOADED);
    assertThat(target.exists(image.layerDescriptor().digest())).isTrue();
  }

  @Test
  void selectsPlatformOfIndex() throws RegistryException {
    var reference = image("team/multi:1");
    var intel = Images.of(Platform.LINUX_AMD64, 10, 4);
    var arm = Images.of(ARM, 10, 5);
    push(reference.pinned(intel.manifest().descriptor().digest()), intel);
    push(reference.pinned(arm.manifest().descriptor().digest()), arm);
    var index = ImageIndex.of(List.of(entry(intel, Platform.LINUX_AMD64), entry(arm, ARM)));
    var _ = client.pusher(reference).pushManifest(reference, MediaTypes.INDEX, index.bytes());

    assertThat(client.resolve(reference, ARM).manifest()).isEqualTo(arm.manifest());
    assertThatThrownBy(() -> client.resolve(reference, Platform.parse("linux/s390x")))
        .hasMessage(
            "cannot use %s: the image does not support platform linux/s390x; available: linux/amd64,"
                    .formatted(reference)
                + " linux/arm64");
  }

  private static ImageIndex.Entry entry(Images image, Platform platform) {
    return new ImageIndex.Entry(image.manifest().descriptor(), Optional.of(platform), Map.of());
  }

  @Test
  void reportsMissingImage() {
    var missing = image("team/missing:1");

    assertThatThrownBy(() -> client.resolve(missing, Platform.LINUX_AMD64))
        .hasMessageStartingWith("cannot read the manifest of " + missing + ": 404 ")
        .hasMessageEndingWith("; check the name and the tag")
        .extracting(failure -> ((RegistryException) failure).kind())
        .isEqualTo(ErrorKind.NOT_FOUND);
  }

  @Test
  void rejectsBytesWithOtherDigest() {
    var image = Images.of(Platform.LINUX_AMD64, 1000, 6);
    var target = client.pusher(image("team/wrong:1"));

    assertThatThrownBy(() -> target.push(image.layerDescriptor(), Content.of(new byte[1000])))
        .isInstanceOf(RegistryException.class)
        .extracting(failure -> ((RegistryException) failure).kind())
        .isEqualTo(ErrorKind.DIGEST_MISMATCH);
  }

  @Test
  void reportsRegistryWithoutTls() {
    var host = started.orElseThrow().host();
    var hosts = RegistryHosts.of(List.of(new RegistryHost(host, false, List.of())));

    try (var secure = Clients.with(hosts, Credentials.none())) {
      assertThatThrownBy(() -> secure.find(image("team/app:1")))
          .hasMessageContaining(": no TLS: ")
          .hasMessageEndingWith("or configure the host as plain http under registries")
          .extracting(failure -> ((RegistryException) failure).kind())
          .isEqualTo(ErrorKind.INVALID);
    }
  }

  @Test
  void storesAnArtifactOnlyAfterItsEmptyConfig() throws RegistryException {
    var repository = image("team/artifacts:1");
    var config = "{}".getBytes(StandardCharsets.UTF_8);
    var artifact =
        """
        {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",\
        "artifactType":"application/vnd.example.v1",\
        "config":{"mediaType":"application/vnd.oci.empty.v1+json","digest":"%1$s","size":2},\
        "layers":[{"mediaType":"application/vnd.oci.empty.v1+json","digest":"%1$s","size":2}]}\
        """
            .formatted(Digest.of(config))
            .getBytes(StandardCharsets.UTF_8);
    var pusher = client.pusher(repository);

    assertThatThrownBy(() -> pusher.pushManifest(repository, MediaTypes.MANIFEST, artifact))
        .hasMessageContaining("MANIFEST_BLOB_UNKNOWN");
    assertThat(client.manifest(repository)).isEmpty();

    pusher.check();
    var _ = pusher.pushManifest(repository, MediaTypes.MANIFEST, artifact);

    assertThat(client.manifest(repository).orElseThrow().bytes()).isEqualTo(artifact);
  }
}
