package dev.stagewright.registry.host;

import dev.stagewright.layers.oci.ImageReference;

/**
 * A place that holds copies of another registry's images, for example a proxy-cache project of
 * Harbor.
 *
 * @param host with optional port
 * @param prefix path before the repository's name; empty for none
 */
public record Mirror(String host, String prefix) {

  /**
   * Reads {@code host[:port][/path prefix]}.
   *
   * @throws IllegalArgumentException if there is no host, or a scheme before it
   */
  public static Mirror parse(String text) {
    if (text.contains("://") || text.isEmpty() || text.startsWith("/")) {
      throw new IllegalArgumentException(
          "mirror \"" + text + "\" is not of the form host[:port][/path prefix]");
    }
    var slash = text.indexOf('/');
    return slash < 0
        ? new Mirror(text, "")
        : new Mirror(text.substring(0, slash), trim(text.substring(slash + 1)));
  }

  private static String trim(String path) {
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  /** The image's name here. */
  public ImageReference rewrite(ImageReference image) {
    var repository = prefix.isEmpty() ? image.repository() : prefix + "/" + image.repository();
    return new ImageReference(host, repository, image.tag(), image.digest());
  }
}
