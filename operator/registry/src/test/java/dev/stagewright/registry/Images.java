package dev.stagewright.registry;

import dev.stagewright.layers.oci.Descriptor;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.oci.ImageConfig;
import dev.stagewright.layers.oci.Manifest;
import dev.stagewright.layers.oci.MediaTypes;
import dev.stagewright.layers.oci.Platform;
import java.util.List;
import java.util.Random;

/** Small images to push. */
@SuppressWarnings("ArrayRecordComponent")
record Images(byte[] layer, ImageConfig config, Manifest manifest) {

  /** Creates an image with one layer of this size; another seed gives another image. */
  static Images of(Platform platform, int layerSize, int seed) {
    var layer = new byte[layerSize];
    new Random(seed).nextBytes(layer);
    var config = ImageConfig.scratch(platform).withDiffIds(List.of(Digest.of(layer)));
    var manifest =
        Manifest.of(
            descriptor(MediaTypes.CONFIG, config.bytes()),
            List.of(descriptor(MediaTypes.LAYER, layer)));
    return new Images(layer, config, manifest);
  }

  static Descriptor descriptor(String mediaType, byte[] bytes) {
    return new Descriptor(mediaType, Digest.of(bytes), bytes.length);
  }

  Descriptor layerDescriptor() {
    return manifest.layers().getFirst();
  }
}
