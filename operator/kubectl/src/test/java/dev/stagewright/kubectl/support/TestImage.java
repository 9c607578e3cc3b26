package dev.stagewright.kubectl.support;

import dev.stagewright.layers.oci.ContainerConfig;
import dev.stagewright.layers.oci.Descriptor;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.oci.History;
import dev.stagewright.layers.oci.ImageConfig;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.layers.oci.Manifest;
import dev.stagewright.layers.oci.MediaTypes;
import dev.stagewright.layers.oci.Platform;
import dev.stagewright.layers.tar.RawName;
import dev.stagewright.layers.tar.TarEntry;
import dev.stagewright.layers.tar.TarWriter;
import dev.stagewright.registry.RegistryClient;
import dev.stagewright.registry.http.Content;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/** An image for a registry. */
public final class TestImage {
  private final List<byte[]> layers = new ArrayList<>();
  private final List<Digest> diffIds = new ArrayList<>();
  private final List<History> history = new ArrayList<>();
  private ContainerConfig container = ContainerConfig.EMPTY;

  /** Adds a layer with these files, by path. */
  public TestImage layer(String instruction, Map<String, byte[]> files) throws IOException {
    var tar = new ByteArrayOutputStream();
    try (var writer = new TarWriter(tar)) {
      for (var file : files.entrySet()) {
        var name = RawName.ofBytes(file.getKey().getBytes(StandardCharsets.UTF_8));
        writer.put(
            TarEntry.file(name, file.getValue().length).withMode(0755),
            new ByteArrayInputStream(file.getValue()));
      }
    }
    var blob = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(blob)) {
      tar.writeTo(gzip);
    }
    layers.add(blob.toByteArray());
    diffIds.add(Digest.of(tar.toByteArray()));
    history.add(entry(instruction, false));
    return this;
  }

  /** Sets CMD. */
  public TestImage command(String... words) {
    container = container.withCmd(List.of(words));
    history.add(entry("CMD " + List.of(words), true));
    return this;
  }

  private static History entry(String instruction, boolean empty) {
    return new History(
        Optional.empty(), Optional.of(instruction), Optional.empty(), Optional.empty(), empty);
  }

  /** Pushes the image and returns its digest. */
  public Digest push(RegistryClient client, ImageReference image) throws IOException {
    var config =
        ImageConfig.scratch(Platform.LINUX_AMD64)
            .withConfig(container)
            .withDiffIds(diffIds)
            .withHistory(history)
            .bytes();
    var blobs = new ArrayList<Descriptor>();
    for (var layer : layers) {
      blobs.add(blob(client, image, MediaTypes.LAYER_GZIP, layer));
    }
    return push(client, image, Manifest.of(blob(client, image, MediaTypes.CONFIG, config), blobs));
  }

  /** Pushes a manifest and returns its digest. */
  public static Digest push(RegistryClient client, ImageReference image, Manifest manifest)
      throws IOException {
    var _ = client.pusher(image).pushManifest(image, manifest.mediaType(), manifest.bytes());
    return manifest.descriptor().digest();
  }

  /** Pushes a blob. */
  public static Descriptor blob(
      RegistryClient client, ImageReference image, String mediaType, byte[] bytes)
      throws IOException {
    var descriptor = new Descriptor(mediaType, Digest.of(bytes), bytes.length);
    var _ = client.pusher(image).ensure(descriptor, List.of(), Content.of(bytes));
    return descriptor;
  }
}
