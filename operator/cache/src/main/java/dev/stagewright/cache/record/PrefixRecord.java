package dev.stagewright.cache.record;

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
 * Says from which layers of steps a prefix image was made. It is an annotation of the manifest,
 * whose tag has the key of the last of the steps.
 *
 * @param instruction text of the instruction of this step, for people
 * @param build namespace and name of the ImageBuild that ran it
 * @param layers the layers after those of the base, the lowest first
 */
public record PrefixRecord(String instruction, String build, List<Layer> layers) {
  private static final String NAME = "dev.stagewright.cache.prefix.";

  /** A change of this text makes all images of earlier releases unusable. */
  static final String ANNOTATION = NAME + "v1";

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
  public static Optional<PrefixRecord> read(byte[] manifest, List<StageResult.Layer> layers) {
    try {
      return read(Manifest.parse(manifest)).filter(record -> record.isOf(layers));
    } catch (MalformedDocumentException | RuntimeException _) {
      return Optional.empty();
    }
  }

  /** Reads the record in the manifest of an image; empty if there is no valid one. */
  static Optional<PrefixRecord> read(Manifest manifest) {
    try {
      return Optional.ofNullable(manifest.annotations().get(ANNOTATION))
          .map(json -> Json.read(json, PrefixRecord.class))
          .filter(record -> record.isEndOf(manifest.layers()));
    } catch (RuntimeException _) {
      return Optional.empty();
    }
  }

  /** Whether a manifest is that of a prefix image of any version. */
  static boolean isIn(Manifest manifest) {
    return manifest.annotations().keySet().stream().anyMatch(name -> name.startsWith(NAME));
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
  public Manifest in(Manifest manifest) {
    return manifest.withAnnotations(Map.of(ANNOTATION, Json.write(this)));
  }
}
