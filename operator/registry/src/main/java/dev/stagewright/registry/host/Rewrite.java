package dev.stagewright.registry.host;

import dev.stagewright.layers.oci.ImageReference;
import java.util.Optional;

/**
 * Names that stand for others: what lies below a path of one registry is looked for in another
 * place, and there only.
 *
 * @param path of the registry that the rule is for, by whole elements; empty for all of it
 * @param place the path that takes its place
 */
public record Rewrite(String path, Mirror place) {

  /**
   * Reads both sides.
   *
   * @param path for example {@code library}; empty for all of the registry
   * @param place {@code host[:port][/path]}
   * @throws IllegalArgumentException if the place has another form
   */
  public static Rewrite parse(String path, String place) {
    return new Rewrite(path.replaceFirst("^/", "").replaceFirst("/$", ""), Mirror.parse(place));
  }

  /** The name that is meant; empty if the rule is not for this image. */
  Optional<ImageReference> apply(ImageReference image) {
    if (path.isEmpty()) {
      return Optional.of(place.rewrite(image));
    }
    var repository = image.repository();
    if (!repository.startsWith(path + "/")) {
      return Optional.empty();
    }
    var rest = repository.substring(path.length() + 1);
    var below = new ImageReference(image.registry(), rest, image.tag(), image.digest());
    return Optional.of(place.rewrite(below));
  }
}
