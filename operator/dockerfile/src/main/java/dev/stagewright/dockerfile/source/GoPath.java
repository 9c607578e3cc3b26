package dev.stagewright.dockerfile.source;

import java.util.ArrayDeque;

/** Slash-separated paths by the rules of Go's {@code path} package. */
public final class GoPath {
  private GoPath() {}

  /**
   * The shortest path that names the same: no empty, {@code .} or inner {@code ..} elements. The
   * empty path is {@code .}.
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

  /** {@code path}, from {@code parent} where it is relative, cleaned. */
  public static String resolve(String parent, String path) {
    return clean(path.startsWith("/") ? path : parent + "/" + path);
  }

  /** The path seen from the root, which {@code ..} cannot leave. */
  public static String rooted(String path) {
    return clean("/" + path);
  }
}
