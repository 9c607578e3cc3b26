package dev.stagewright.worker.push;

import dev.stagewright.layers.oci.Descriptor;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.oci.ImageConfig;
import dev.stagewright.layers.oci.Manifest;
import dev.stagewright.layers.oci.MediaTypes;
import java.util.List;

/**
 * An image as it will be pushed.
 *
 * @param layers lowest first
 * @param config the complete image config
 * @param manifest of OCI's media type
 */
record AssembledImage(List<LayerSource> layers, ImageConfig config, Manifest manifest) {

  static AssembledImage of(List<LayerSource> layers, ImageConfig config) {
    var complete = config.withDiffIds(layers.stream().map(LayerSource::diffId).toList());
    var bytes = complete.bytes();
    var descriptor = new Descriptor(MediaTypes.CONFIG, Digest.of(bytes), bytes.length);
    var manifest = Manifest.of(descriptor, layers.stream().map(LayerSource::blob).toList());
    return new AssembledImage(layers, complete, manifest);
  }

  /** Size of config and compressed layers, in bytes. */
  long size() {
    return manifest.config().size() + layers.stream().mapToLong(layer -> layer.blob().size()).sum();
  }
}
