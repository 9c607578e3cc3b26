package dev.stagewright.analysis.image;

import dev.stagewright.layers.oci.ImageConfig;
import java.util.List;

/**
 * An image with all that the rules look at.
 *
 * @param config of the image
 * @param layers the lowest first
 * @param files of all layers together
 */
public record AnalyzedImage(ImageConfig config, List<ImageLayer> layers, ImageFiles files) {
  /** Copies the list. */
  public AnalyzedImage {
    layers = List.copyOf(layers);
  }

  /** An image of these layers. */
  public static AnalyzedImage of(ImageConfig config, List<ImageLayer> layers) {
    return new AnalyzedImage(
        config, layers, ImageFiles.of(layers.stream().map(ImageLayer::content).toList()));
  }
}
