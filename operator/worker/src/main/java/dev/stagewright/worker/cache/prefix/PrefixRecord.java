package dev.stagewright.worker.cache.prefix;

import dev.stagewright.layers.oci.Descriptor;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.layers.oci.MalformedDocumentException;
import dev.stagewright.layers.oci.Manifest;
import dev.stagewright.protocol.Json;
import dev.stagewright.protocol.StageResult;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Says from which layers of steps a prefix image was made. It is an annotation of the manifest.
 *
 * @param layers the layers after those of the base, the lowest first
 */
public record PrefixRecord(List<Layer> layers) {
  /** A change of this text makes all images of earlier releases unusable. */
  private static final String ANNOTATION = "dev.stagewright.cache.prefix.v1";

  /** Copies the list. */
  public PrefixRecord {
    layers = List.copyOf(layers);
  }

  /**
   * A layer of the image.
   *
   * @param step digest of the layer of the step, which is part of images that are built
   * @param details digest of its details
   * @param blob layer of this image
   * @param diffId digest of the uncompressed layer of this image
   */
  public record Layer(Digest step, Optional<Digest> details, Descriptor blob, Digest diffId) {
    boolean isOf(StageResult.Layer layer) {
      return step.equals(layer.blob().digest()) && details.equals(layer.details());
    }
  }

  /**
   * Reads the record in the manifest of an image, if the image was made from the first of these
   * layers. A step that has run again has other layers.
   */
  static Optional<PrefixRecord> read(byte[] manifest, List<StageResult.Layer> layers) {
    try {
      var parsed = Manifest.parse(manifest);
      return Optional.ofNullable(parsed.annotations().get(ANNOTATION))
          .map(json -> Json.read(json, PrefixRecord.class))
          .filter(record -> record.isOf(layers) && record.isEndOf(parsed.layers()));
    } catch (MalformedDocumentException | RuntimeException _) {
      return Optional.empty();
    }
  }

  private boolean isOf(List<StageResult.Layer> steps) {
    if (layers.isEmpty() || layers.size() > steps.size()) {
      return false;
    }
    for (var i = 0; i < layers.size(); i++) {
      if (!layers.get(i).isOf(steps.get(i))) {
        return false;
      }
    }
    return true;
  }

  private boolean isEndOf(List<Descriptor> blobs) {
    var own = layers.stream().map(layer -> layer.blob().digest()).toList();
    return blobs.size() >= own.size()
        && blobs.subList(blobs.size() - own.size(), blobs.size()).stream()
            .map(Descriptor::digest)
            .toList()
            .equals(own);
  }

  /** The manifest with this record. */
  Manifest in(Manifest manifest) {
    return manifest.withAnnotations(Map.of(ANNOTATION, Json.write(this)));
  }
}
