package dev.stagewright.stage.path;

import java.util.ArrayDeque;

/** Operations on raw paths relative to a root. The root itself is the empty path. */
public final class RootedPath {
  private RootedPath() {}

  /**
   * Normalizes a path relative to the root: removes duplicate slashes, {@code .} and {@code ..}; no
   * path leads above the root.
   */
  public static String clean(String path) {
    var parts = new ArrayDeque<String>();
    for (var start = 0; start <= path.length(); ) {
      var slash = path.indexOf('/', start);
      var end = slash < 0 ? path.length() : slash;
      var part = path.substring(start, end);
      if (part.equals("..")) {
        parts.pollLast();
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.addLast(part);
      }
      start = end + 1;
    }
    return String.join("/", parts);
  }

  /** The path of a name in a directory. */
  public static String join(String directory, String name) {
    if (directory.isEmpty()) {
      return name;
    }
    return name.isEmpty() ? directory : directory + "/" + name;
  }

  /** The parent of a path; the parent of the root is the root. */
  public static String parent(String path) {
    return path.substring(0, Math.max(path.lastIndexOf('/'), 0));
  }

  /** The last part of a path. */
  public static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** Whether a path is this directory or below it. */
  public static boolean isWithin(String path, String directory) {
    return directory.isEmpty()
        || (path.startsWith(directory)
            && (path.length() == directory.length() || path.charAt(directory.length()) == '/'));
  }
}
