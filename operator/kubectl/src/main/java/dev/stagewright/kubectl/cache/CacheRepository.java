package dev.stagewright.kubectl.cache;

import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.layers.oci.ImageReference;
import java.util.Optional;

/** Finds the repository of a cache. */
public final class CacheRepository {
  /** The default of the operator, below the repository of the image. */
  private static final String DEFAULT_NAME = "cache";

  private CacheRepository() {}

  /**
   * The repository of a build: that of its last run, or else that of its spec.
   *
   * @throws CacheException if the build has none
   */
  public static ImageReference of(ImageBuild build) throws CacheException {
    var spec = build.getSpec();
    var ofRun =
        Optional.ofNullable(build.getStatus())
            .flatMap(status -> Optional.ofNullable(status.cache()))
            .map(cache -> cache.repository());
    var ofSpec =
        Optional.ofNullable(spec.cache().repository())
            .or(() -> Optional.ofNullable(spec.output().image()).map(CacheRepository::below));
    return parse(
        ofRun
            .or(() -> ofSpec)
            .orElseThrow(
                () -> new CacheException("the build has no cache; name one with --repository")));
  }

  private static String below(String image) {
    return ImageReference.parse(image).name() + "/" + DEFAULT_NAME;
  }

  /**
   * Parses the name of a repository.
   *
   * @throws CacheException if it is malformed
   */
  public static ImageReference parse(String name) throws CacheException {
    try {
      return ImageReference.parse(name);
    } catch (IllegalArgumentException e) {
      throw new CacheException("'" + name + "' is not a repository: " + e.getMessage(), e);
    }
  }
}
