package dev.stagewright.layers;

import dev.stagewright.layers.tar.TarEntry;
import java.util.Optional;

/** The names of whiteouts: {@code .wh.<name>} and {@code .wh..wh..opq}. */
public final class Whiteouts {
  private static final String PREFIX = ".wh.";
  private static final String OPAQUE = ".wh..wh..opq";

  private Whiteouts() {}

  /** Returns the raw path of the whiteout that removes a path. */
  public static String nameFor(String path) {
    var slash = path.lastIndexOf('/') + 1;
    return path.substring(0, slash) + PREFIX + path.substring(slash);
  }

  /** Returns the raw path of the whiteout that empties a directory. */
  public static String opaqueNameFor(String directory) {
    return directory.isEmpty() ? OPAQUE : directory + "/" + OPAQUE;
  }

  /** Returns the tar entry of the whiteout that removes a path: empty, mode 0, time 0. */
  public static TarEntry entryFor(String path) {
    return TarEntry.file(nameFor(path), 0).withMode(0);
  }

  /** Returns the whiteout of a raw path; empty if it is an ordinary file's path. */
  public static Optional<Whiteout> parse(String path) {
    var slash = path.lastIndexOf('/');
    var directory = slash < 0 ? "" : path.substring(0, slash);
    var name = path.substring(slash + 1);
    if (name.equals(OPAQUE)) {
      return Optional.of(new Whiteout.Opaque(directory));
    }
    if (!name.startsWith(PREFIX)) {
      return Optional.empty();
    }
    var removed = name.substring(PREFIX.length());
    return Optional.of(
        new Whiteout.Removed(directory.isEmpty() ? removed : directory + "/" + removed));
  }
}
