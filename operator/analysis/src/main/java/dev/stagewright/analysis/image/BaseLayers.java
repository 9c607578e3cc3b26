package dev.stagewright.analysis.image;

import java.util.BitSet;
import java.util.List;
import java.util.Set;

/**
 * Which layers of an image belong to its base image. If nothing is known about the build, the
 * lowest layer counts as the base if it contains a distribution.
 */
public final class BaseLayers {
  private static final Set<String> DISTRIBUTION =
      Set.of("etc/os-release", "usr/lib/os-release", "etc/alpine-release", "bin/busybox", "bin/[");

  private final BitSet base = new BitSet();

  private BaseLayers() {}

  /** Returns the base layers of an image. */
  public static BaseLayers of(AnalyzedImage image) {
    var layers = image.layers();
    var result = new BaseLayers();
    for (var layer = 0; layer < layers.size(); layer++) {
      result.base.set(layer, layers.get(layer).origin().base());
    }
    if (result.base.isEmpty() && isUnknownBuild(layers) && hasDistribution(layers)) {
      result.base.set(0);
    }
    return result;
  }

  private static boolean isUnknownBuild(List<ImageLayer> layers) {
    return layers.stream()
        .map(ImageLayer::origin)
        .allMatch(origin -> origin.line().isEmpty() && origin.stage().isEmpty());
  }

  private static boolean hasDistribution(List<ImageLayer> layers) {
    return !layers.isEmpty()
        && layers.getFirst().content().files().stream()
            .anyMatch(file -> DISTRIBUTION.contains(file.path()));
  }

  /** Whether a layer belongs to the base image. */
  public boolean contains(int layer) {
    return base.get(layer);
  }

  /** Whether a file belongs to the base image. */
  public boolean contains(ImageFile file) {
    return contains(file.layer());
  }

  /** Whether the image has a base image, that is, whether it is not built from scratch. */
  public boolean exist() {
    return !base.isEmpty();
  }
}
