package dev.stagewright.worker.cache.prefix;

import dev.stagewright.layers.oci.Descriptor;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.oci.ImageConfig;
import dev.stagewright.layers.oci.MalformedDocumentException;
import dev.stagewright.layers.oci.Manifest;
import dev.stagewright.layers.oci.MediaTypes;
import dev.stagewright.protocol.StageBase;
import dev.stagewright.registry.RegistryClient;
import dev.stagewright.worker.cache.store.CacheStore;
import java.io.IOException;
import java.util.List;

/**
 * The base image of a stage, at its registry.
 *
 * @param image the image
 * @param client reads it
 */
record BaseImage(StageBase.Image image, RegistryClient client) {

  /**
   * The config of the image with these layers and without history, so that it starts a Pod in the
   * same way as the base: environment, volumes, user and stop signal.
   */
  ImageConfig config(List<Digest> diffIds) throws IOException {
    var location = image.location();
    var reference = image.pinned().digest().map(location::pinned).orElse(location);
    var manifest =
        client
            .manifest(reference)
            .orElseThrow(() -> new IOException("the base image " + reference + " is gone"));
    try {
      var descriptor = Manifest.parse(manifest.bytes()).config();
      try (var content = client.blob(location, descriptor)) {
        return of(ImageConfig.parse(content.readAllBytes()), diffIds);
      }
    } catch (MalformedDocumentException e) {
      throw new IOException(reference + ": " + e.getMessage(), e);
    }
  }

  /** A config of a base with other layers. */
  static ImageConfig of(ImageConfig base, List<Digest> diffIds) {
    return base.withDiffIds(diffIds).withHistory(List.of());
  }

  /** Brings the layers into the repository of the cache, and returns them with OCI types. */
  List<Descriptor> bringTo(CacheStore store) throws IOException {
    for (var layer : image.layers()) {
      var blob = layer.blob();
      var _ =
          store.ensure(
              typed(blob), List.of(image.location()), client.content(image.location(), blob));
    }
    return image.layers().stream().map(layer -> typed(layer.blob())).toList();
  }

  /** OCI and Docker media types do not mix. */
  private static Descriptor typed(Descriptor blob) {
    return new Descriptor(MediaTypes.ociLayer(blob.mediaType()), blob.digest(), blob.size());
  }
}
