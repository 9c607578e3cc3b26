package dev.stagewright.worker.publish;

import dev.stagewright.cache.record.ImageRecord;
import dev.stagewright.layers.oci.Descriptor;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.oci.ImageConfig;
import dev.stagewright.layers.oci.Manifest;
import dev.stagewright.layers.oci.MediaTypes;
import dev.stagewright.protocol.BuildRequest.ImageFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An image that is ready to be pushed.
 *
 * @param layers the layers, lowest first
 * @param config the complete image config
 * @param manifest the manifest of config and layers
 */
record AssembledImage(List<LayerSource> layers, ImageConfig config, Manifest manifest) {

  /**
   * Creates an image.
   *
   * @param layers the layers, with media types of the format
   * @param annotations the annotations, ignored by formats that have none
   */
  static AssembledImage of(
      ImageFormat format,
      List<LayerSource> layers,
      ImageConfig config,
      Map<String, String> annotations) {
    var complete = config.withDiffIds(layers.stream().map(LayerSource::diffId).toList());
    var bytes = complete.bytes();
    var digest = Digest.of(bytes);
    var blobs = layers.stream().map(LayerSource::blob).toList();
    var manifest =
        switch (format) {
          case OCI ->
              Manifest.of(new Descriptor(MediaTypes.CONFIG, digest, bytes.length), blobs)
                  .withAnnotations(annotations);
          case DOCKER ->
              Manifest.ofDocker(
                  new Descriptor(MediaTypes.DOCKER_CONFIG, digest, bytes.length), blobs);
        };
    return new AssembledImage(layers, complete, manifest);
  }

  /** The digest of the manifest. */
  Digest digest() {
    return manifest.descriptor().digest();
  }

  /** The size of config and compressed layers in bytes. */
  long size() {
    return manifest.config().size() + layers.stream().mapToLong(layer -> layer.blob().size()).sum();
  }

  /**
   * The record of this image in the cache.
   *
   * @param known record of an image with the same content, if there is one
   * @return empty if that is the same image
   */
  Optional<ImageRecord> record(Optional<ImageRecord> known) {
    return known.filter(record -> record.manifest().equals(digest())).isPresent()
        ? Optional.empty()
        : config.created().map(created -> new ImageRecord(created.getEpochSecond(), digest()));
  }
}
