package dev.stagewright.stage.path;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Optional;

/**
 * Resolves symbolic links inside a root: absolute targets start at the root, and no path leads
 * above it. Missing parts of a path are kept.
 */
public final class LinkResolver {
  private static final int MOST_LINKS = 255;

  private final Links links;

  /** Resolves these links. */
  public LinkResolver(Links links) {
    this.links = links;
  }

  /** Reads the targets of symbolic links. */
  @FunctionalInterface
  public interface Links {
    /**
     * The raw target of the symbolic link at this path, whose parents are not symbolic links; empty
     * if there is no symbolic link.
     */
    Optional<String> target(String path) throws IOException;
  }

  /**
   * Resolves all symbolic links, including the last part of the path.
   *
   * @throws IOException if links form a cycle or cannot be read
   */
  public String resolve(String path) throws IOException {
    var left = new ArrayDeque<String>();
    push(path, left);
    var done = "";
    var followed = 0;
    while (!left.isEmpty()) {
      var part = left.pop();
      if (part.equals("..")) {
        done = RootedPath.parent(done);
        continue;
      }
      var next = RootedPath.join(done, part);
      var target = links.target(next);
      if (target.isEmpty()) {
        done = next;
      } else if (++followed > MOST_LINKS) {
        throw new IOException("too many symbolic links in /" + path);
      } else {
        done = target.get().startsWith("/") ? "" : done;
        push(target.get(), left);
      }
    }
    return done;
  }

  /** Resolves all symbolic links except the last part of the path. */
  public String resolveParents(String path) throws IOException {
    var clean = RootedPath.clean(path);
    return RootedPath.join(resolve(RootedPath.parent(clean)), RootedPath.name(clean));
  }

  private static void push(String path, ArrayDeque<String> left) {
    var parts = path.split("/", -1);
    for (var i = parts.length - 1; i >= 0; i--) {
      if (!parts[i].isEmpty() && !parts[i].equals(".")) {
        left.push(parts[i]);
      }
    }
  }
}
