package dev.stagewright.stage.linux;

import java.util.List;

/**
 * Paths of a root whose files are below another directory.
 *
 * @param paths raw and resolved
 * @param root descriptor of the other directory
 */
record RedirectedPaths(List<String> paths, long root) {
  static final RedirectedPaths NONE = new RedirectedPaths(List.of(), -1);

  /** Whether a path is, or lies below, one of them. */
  boolean covers(String path) {
    for (var each : paths) {
      if (path.startsWith(each)
          && (path.length() == each.length() || path.charAt(each.length()) == '/')) {
        return true;
      }
    }
    return false;
  }
}
