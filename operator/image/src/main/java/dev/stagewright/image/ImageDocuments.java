package dev.stagewright.image;

import dev.stagewright.layers.LayerBlob;
import dev.stagewright.layers.layout.ImageLayout;
import dev.stagewright.layers.oci.ContainerConfig;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.oci.History;
import dev.stagewright.layers.oci.ImageConfig;
import dev.stagewright.layers.oci.ImageIndex;
import dev.stagewright.layers.oci.Manifest;
import dev.stagewright.layers.oci.MediaTypes;
import dev.stagewright.layers.oci.Platform;
import dev.stagewright.protocol.RuntimeCommand;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The config, the manifest and the index of the image.
 *
 * @param version the version of the project
 * @param time the creation time
 * @param layers the layers by their content, lowest first
 */
record ImageDocuments(String version, Instant time, Map<String, LayerBlob> layers) {

  void write(ImageLayout layout) throws IOException {
    var config = layout.addBlob(MediaTypes.CONFIG, config().bytes());
    var blobs = layers.values().stream().map(LayerBlob::blob).toList();
    var manifest = Manifest.of(config, blobs).withAnnotations(labels());
    layout.addBlob(manifest.mediaType(), manifest.bytes());
    layout.writeIndex(
        ImageIndex.of(
            List.of(
                new ImageIndex.Entry(
                    manifest.descriptor(),
                    Optional.of(Platform.LINUX_AMD64),
                    Map.of("org.opencontainers.image.ref.name", version)))));
  }

  /**
   * Returns the additional manifest that {@code docker load} and {@code crane push} require in a
   * tar.
   */
  byte[] dockerManifest() {
    var paths =
        layers.values().stream()
            .map(layer -> "\"blobs/sha256/" + layer.blob().digest().hex() + "\"")
            .collect(Collectors.joining(","));
    return """
    [{"Config":"blobs/sha256/%s","Layers":[%s],"RepoTags":["stagewright:%s"]}]
    """
        .formatted(Digest.of(config().bytes()).hex(), paths, version)
        .strip()
        .getBytes(StandardCharsets.UTF_8);
  }

  private ImageConfig config() {
    return ImageConfig.scratch(Platform.LINUX_AMD64)
        .withCreated(Optional.of(time))
        .withConfig(
            ContainerConfig.EMPTY
                .withUser("0:0")
                .withWorkingDir("/")
                .withEnv(environment())
                .withEntrypoint(RuntimeCommand.entrypoint())
                .withLabels(labels()))
        .withDiffIds(layers.values().stream().map(LayerBlob::diffId).toList())
        .withHistory(layers.keySet().stream().map(this::history).toList());
  }

  private History history(String content) {
    return new History(
        Optional.of(time), Optional.of(content), Optional.empty(), Optional.empty(), false);
  }

  private static List<String> environment() {
    return RuntimeCommand.environment().entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .sorted()
        .toList();
  }

  private Map<String, String> labels() {
    return Map.of(
        "org.opencontainers.image.title", "Stagewright",
        "org.opencontainers.image.version", version,
        "org.opencontainers.image.licenses", "Apache-2.0");
  }
}
