package dev.stagewright.registry.host;

import dev.stagewright.layers.oci.ImageReference;
import java.util.Optional;

/**
 * A rule that replaces image names: images below a path of a registry are requested from another
 * host and path instead.
 *
 * @param path the path in the registry, in whole elements; empty for the whole registry
 * @param target the host and path that replace it
 */
public record Rewrite(String path, Mirror target) {

  /**
   * Parses a rule.
   *
   * @param path for example {@code library}; empty for the whole registry
   * @param target {@code host[:port][/path]}
   * @throws IllegalArgumentException if the target has another form
   */
  public static Rewrite parse(String path, String target) {
    return new Rewrite(path.replaceFirst("^/", "").replaceFirst("/$", ""), Mirror.parse(target));
  }

  /** Returns the replaced name; empty if the rule does not match the image. */
  Optional<ImageReference> apply(ImageReference image) {
    if (path.isEmpty()) {
      return Optional.of(target.rewrite(image));
    }
    var repository = image.repository();
    if (!repository.startsWith(path + "/")) {
      return Optional.empty();
    }
    var rest = repository.substring(path.length() + 1);
    var remaining = new ImageReference(image.registry(), rest, image.tag(), image.digest());
    return Optional.of(target.rewrite(remaining));
  }
}
