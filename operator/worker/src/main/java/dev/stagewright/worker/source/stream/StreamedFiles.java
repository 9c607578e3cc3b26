package dev.stagewright.worker.source.stream;

import dev.stagewright.layers.tar.RawName;
import dev.stagewright.layers.tar.TarEntry;
import dev.stagewright.protocol.stream.SourceStreamException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Checks the entries of a streamed archive, one after the other: each has a path inside of the
 * source that no other entry has, below directories only. Their owner becomes root.
 */
final class StreamedFiles {
  /** Bounds the memory for names. */
  private static final int MAX_ENTRIES = 2_000_000;

  private final Map<String, TarEntry.Type> types = new HashMap<>();
  private final Set<String> linked = new HashSet<>();

  /** Whether hard links refer to the file of this path. */
  boolean isLinked(String path) {
    return linked.contains(path);
  }

  /**
   * Whether the entries are those of a build context: each directory has an entry, and no file has
   * several names.
   */
  boolean areComplete() {
    return linked.isEmpty()
        && types.keySet().stream()
            .filter(path -> path.contains("/"))
            .allMatch(path -> types.containsKey(path.substring(0, path.lastIndexOf('/'))));
  }

  /** The number of entries. */
  int count() {
    return types.size();
  }

  /**
   * Checks the next entry.
   *
   * @return the entry to write
   * @throws SourceStreamException if the entry is not allowed
   */
  TarEntry check(TarEntry entry) throws SourceStreamException {
    var path = entry.name();
    if (path.isEmpty() || Arrays.asList(path.split("/", -1)).contains("..")) {
      throw refused(entry, "is not a path inside of the source");
    }
    if (types.put(path, entry.type()) != null) {
      throw refused(entry, "occurs twice");
    }
    if (types.size() > MAX_ENTRIES) {
      throw new SourceStreamException("it has more than %d files".formatted(MAX_ENTRIES));
    }
    for (var slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
      var parent = path.substring(0, slash);
      if (types.getOrDefault(parent, TarEntry.Type.DIRECTORY) != TarEntry.Type.DIRECTORY) {
        throw refused(entry, "is below a file that is not a directory");
      }
    }
    if (entry.type() == TarEntry.Type.HARD_LINK) {
      if (types.get(entry.linkName()) != TarEntry.Type.FILE) {
        throw refused(entry, "is a link to a file that is not before it in the source");
      }
      linked.add(entry.linkName());
    }
    return entry.withOwner(0, 0);
  }

  /** A directory must not follow its files, in which case it was taken for granted. */
  void finish() throws SourceStreamException {
    for (var path : types.keySet()) {
      for (var slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
        var type = types.get(path.substring(0, slash));
        if (type != null && type != TarEntry.Type.DIRECTORY) {
          throw new SourceStreamException(
              "%s is below a file that is not a directory".formatted(RawName.text(path)));
        }
      }
    }
  }

  private static SourceStreamException refused(TarEntry entry, String problem) {
    return new SourceStreamException(RawName.text(entry.name()) + " " + problem);
  }
}
