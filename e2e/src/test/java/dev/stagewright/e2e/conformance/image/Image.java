package dev.stagewright.e2e.conformance.image;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * An image of one platform.
 *
 * @param config configuration of the image, according to the OCI image specification
 * @param layers layers, the lowest first
 */
public record Image(JsonNode config, List<Layer> layers) {

  /**
   * Checks that config and layers match.
   *
   * @throws IllegalArgumentException if the diff IDs in the config differ from those of the layers
   */
  public Image {
    layers = List.copyOf(layers);
    var found = layers.stream().map(Layer::diffId).toList();
    if (!diffIds(config).equals(found)) {
      throw new IllegalArgumentException(
          "the config names layers " + diffIds(config) + ", but they are " + found);
    }
  }

  /** The digests of the uncompressed layers. */
  public List<String> diffIds() {
    return diffIds(config);
  }

  private static List<String> diffIds(JsonNode config) {
    return config.at("/rootfs/diff_ids").valueStream().map(JsonNode::asText).toList();
  }
}
