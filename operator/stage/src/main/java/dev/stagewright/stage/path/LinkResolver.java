package dev.stagewright.stage.path;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Optional;

/**
 * Resolves symbolic links as if the root were the whole world: absolute targets start at it, and
 * nothing leads above it. Parts of a path that do not exist stay as they are.
 */
public final class LinkResolver {
  private static final int MOST_LINKS = 255;

  private final Links links;

  /** Resolves by these links. */
  public LinkResolver(Links links) {
    this.links = links;
  }

  /** Knows where symbolic links lead. */
  @FunctionalInterface
  public interface Links {
    /** The raw target of the link at this path, whose parents are no links; empty for none. */
    Optional<String> target(String path) throws IOException;
  }

  /**
   * The path with every link followed, the last part's too.
   *
   * @throws IOException if links lead in a circle, or cannot be read
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

  /** The path with every link followed but that of its last part. */
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
