package dev.stagewright.worker.registries;

import dev.stagewright.layers.Compression;
import dev.stagewright.layers.LayerBlob;
import dev.stagewright.layers.LayerWriter;
import dev.stagewright.layers.oci.ContainerConfig;
import dev.stagewright.layers.oci.Descriptor;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.oci.History;
import dev.stagewright.layers.oci.ImageConfig;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.layers.oci.Manifest;
import dev.stagewright.layers.oci.MediaTypes;
import dev.stagewright.layers.oci.Platform;
import dev.stagewright.layers.tar.TarEntry;
import dev.stagewright.registry.RegistryClient;
import dev.stagewright.registry.http.Content;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * An image with one layer that contains one file.
 *
 * @param layer the layer
 * @param blobs the directory of the layer's blob
 * @param config the container config
 */
public record SmallImage(LayerBlob layer, Path blobs, ContainerConfig config) {

  /** Creates the image, with the blob of its layer in the directory. */
  public static SmallImage create(Path blobs, String file, String text, ContainerConfig config)
      throws IOException {
    return new SmallImage(layer(blobs, file, text), blobs, config);
  }

  /** Writes a layer with one file to a directory of blobs. */
  public static LayerBlob layer(Path blobs, String file, String text) throws IOException {
    Files.createDirectories(blobs);
    var content = text.getBytes(StandardCharsets.UTF_8);
    try (var writer = LayerWriter.create(blobs, Compression.GZIP)) {
      writer.tar().put(TarEntry.file(file, content.length), new ByteArrayInputStream(content));
      return writer.finish();
    }
  }

  /** Pushes the image. */
  public void push(RegistryClient client, ImageReference image) throws IOException {
    var target = client.pusher(image);
    var blob = layer.blob();
    target.push(blob, Content.ofFile(blobs.resolve(blob.digest().hex())));
    var history =
        new History(
            Optional.empty(), Optional.of("ADD"), Optional.empty(), Optional.empty(), false);
    var bytes =
        ImageConfig.scratch(Platform.LINUX_AMD64)
            .withConfig(config)
            .withDiffIds(List.of(layer.diffId()))
            .withHistory(List.of(history))
            .bytes();
    var descriptor = new Descriptor(MediaTypes.CONFIG, Digest.of(bytes), bytes.length);
    target.push(descriptor, Content.of(bytes));
    var manifest = Manifest.of(descriptor, List.of(blob));
    target.pushManifest(image, manifest.mediaType(), manifest.bytes());
  }
}
