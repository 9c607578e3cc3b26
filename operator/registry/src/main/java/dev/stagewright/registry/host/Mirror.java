package dev.stagewright.registry.host;

import dev.stagewright.layers.oci.ImageReference;

/**
 * A mirror: a host and a path with copies of another registry's images, for example a proxy-cache
 * project of Harbor.
 *
 * @param host the host with optional port
 * @param prefix the path before the repository name; empty for none
 */
public record Mirror(String host, String prefix) {

  /**
   * Parses {@code host[:port][/path prefix]}.
   *
   * @throws IllegalArgumentException if the text has no host, or has a scheme
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

  /** Returns the image's name at the mirror. */
  public ImageReference rewrite(ImageReference image) {
    var repository = prefix.isEmpty() ? image.repository() : prefix + "/" + image.repository();
    return new ImageReference(host, repository, image.tag(), image.digest());
  }
}
