package dev.stagewright.layers;

import dev.stagewright.layers.tar.TarEntry;
import java.util.Optional;

/** The names by which a layer takes files away: {@code .wh.<name>} and {@code .wh..wh..opq}. */
public final class Whiteouts {
  private static final String PREFIX = ".wh.";
  private static final String OPAQUE = ".wh..wh..opq";

  private Whiteouts() {}

  /** The raw path of the whiteout that removes a raw path. */
  public static String nameFor(String path) {
    var slash = path.lastIndexOf('/') + 1;
    return path.substring(0, slash) + PREFIX + path.substring(slash);
  }

  /** The raw path of the whiteout that empties a directory. */
  public static String opaqueNameFor(String directory) {
    return directory.isEmpty() ? OPAQUE : directory + "/" + OPAQUE;
  }

  /** The whiteout that removes a raw path, as a layer's entry: empty, mode 0, time 0. */
  public static TarEntry entryFor(String path) {
    return TarEntry.file(nameFor(path), 0).withMode(0);
  }

  /** What an entry of this raw path takes away; empty if it is an ordinary file's path. */
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
