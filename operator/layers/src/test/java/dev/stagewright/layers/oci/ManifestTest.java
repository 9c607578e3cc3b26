package dev.stagewright.layers.oci;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ManifestTest {
  private static final Digest ONE = Digest.of(new byte[] {1});
  private static final Digest TWO = Digest.of(new byte[] {2});
  private static final Descriptor CONFIG = new Descriptor(MediaTypes.CONFIG, ONE, 2);
  private static final Descriptor LAYER = new Descriptor(MediaTypes.LAYER_GZIP, TWO, 0);

  @Test
  void mayBeAnArtifactOfAnotherType() throws MalformedDocumentException {
    var image = Manifest.of(CONFIG, List.of(LAYER));
    var artifact = image.withArtifactType("application/vnd.example");

    assertThat(image.artifactType()).isEmpty();
    assertThat(artifact.artifactType()).contains("application/vnd.example");
    assertThat(Manifest.parse(artifact.bytes())).isEqualTo(artifact);
    assertThat(new String(artifact.bytes(), StandardCharsets.UTF_8))
        .startsWith("{\"artifactType\":\"application/vnd.example\",");
  }

  @Test
  void hasCanonicalForm() {
    var manifest = Manifest.of(CONFIG, List.of(LAYER)).withAnnotations(Map.of("b", "2", "a", "1"));

    assertThat(new String(manifest.bytes(), StandardCharsets.UTF_8))
        .isEqualTo(
            """
            {"annotations":{"a":"1","b":"2"},\
            "config":{"digest":"%s",\
            "mediaType":"application/vnd.oci.image.config.v1+json","size":2},\
            "layers":[{"digest":"%s",\
            "mediaType":"application/vnd.oci.image.layer.v1.tar+gzip","size":0}],\
            "mediaType":"application/vnd.oci.image.manifest.v1+json","schemaVersion":2}\
            """
                .formatted(ONE, TWO));
    assertThat(manifest.descriptor())
        .isEqualTo(
            new Descriptor(
                MediaTypes.MANIFEST, Digest.of(manifest.bytes()), manifest.bytes().length));
  }

  @Test
  void parsesWrittenManifest() throws MalformedDocumentException {
    var manifest = Manifest.of(CONFIG, List.of(LAYER, LAYER)).withAnnotations(Map.of("a", "1"));

    var read = Manifest.parse(manifest.bytes());

    assertThat(read).isEqualTo(manifest);
    assertThat(read.config()).isEqualTo(CONFIG);
    assertThat(read.layers()).containsExactly(LAYER, LAYER);
    assertThat(read.annotations()).containsExactly(Map.entry("a", "1"));
  }

  @Test
  void rejectsIndex() {
    assertThatThrownBy(() -> Manifest.parse(ImageIndex.of(List.of()).bytes()))
        .isInstanceOf(MalformedDocumentException.class)
        .hasMessage("image manifest: config is not present");
  }

  @ParameterizedTest
  @CsvSource({
    "linux/amd64,    1",
    "linux/arm64,    2",
    "linux/arm64/v8, 2",
    "linux/arm/v7,   4",
    "linux/arm/v6,   3",
    "linux/arm/v5,   0",
    "windows/amd64,  0",
  })
  void selectsPlatformOfIndex(String platform, int expected) throws MalformedDocumentException {
    var index =
        ImageIndex.of(
            List.of(
                entry("unknown/unknown", 9),
                entry("linux/amd64", 1),
                entry("linux/arm64", 2),
                entry("linux/arm/v6", 3),
                entry("linux/arm/v7", 4)));

    var found = ImageIndex.parse(index.bytes()).select(Platform.parse(platform));

    assertThat(found.map(Descriptor::size).orElse(0L)).isEqualTo(expected);
  }

  private static ImageIndex.Entry entry(String platform, int size) {
    return new ImageIndex.Entry(
        new Descriptor(MediaTypes.MANIFEST, ONE, size),
        Optional.of(Platform.parse(platform)),
        Map.of());
  }
}
