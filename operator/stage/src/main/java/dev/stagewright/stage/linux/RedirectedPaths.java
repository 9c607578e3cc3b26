package dev.stagewright.stage.linux;

import java.util.List;

/**
 * Paths of a root whose files are in another directory.
 *
 * @param paths raw resolved paths
 * @param root descriptor of the other directory
 */
record RedirectedPaths(List<String> paths, long root) {
  static final RedirectedPaths NONE = new RedirectedPaths(List.of(), -1);

  /** Whether a path is one of these paths or below one of them. */
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
