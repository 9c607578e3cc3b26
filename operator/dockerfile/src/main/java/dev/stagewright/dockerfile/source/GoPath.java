package dev.stagewright.dockerfile.source;

import java.util.ArrayDeque;

/** Functions for slash-separated paths with the rules of Go's {@code path} package. */
public final class GoPath {
  private GoPath() {}

  /**
   * The shortest equivalent path, without empty, {@code .} or inner {@code ..} elements. The empty
   * path becomes {@code .}.
   */
  public static String clean(String path) {
    boolean rooted = path.startsWith("/");
    var kept = new ArrayDeque<String>();
    for (var element : path.split("/+", -1)) {
      switch (element) {
        case "", "." -> {}
        case ".." -> {
          if (!kept.isEmpty() && !kept.getLast().equals("..")) {
            kept.removeLast();
          } else if (!rooted) {
            kept.addLast("..");
          }
        }
        default -> kept.addLast(element);
      }
    }
    var joined = String.join("/", kept);
    return rooted ? "/" + joined : joined.isEmpty() ? "." : joined;
  }

  /** Resolves a path against a parent directory, and cleans the result. */
  public static String resolve(String parent, String path) {
    return clean(path.startsWith("/") ? path : parent + "/" + path);
  }

  /** Resolves a path against the root; {@code ..} cannot leave the root. */
  public static String rooted(String path) {
    return clean("/" + path);
  }
}
