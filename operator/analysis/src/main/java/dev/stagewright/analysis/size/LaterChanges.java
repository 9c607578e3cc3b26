package dev.stagewright.analysis.size;

import dev.stagewright.analysis.layer.LayerContent;
import dev.stagewright.analysis.layer.LayerFile;
import dev.stagewright.analysis.size.HiddenFiles.Cause;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the layers above a layer do to its paths. Layers are added from the highest to the lowest,
 * so that the lowest one counts.
 */
final class LaterChanges {
  private final Map<String, Change> paths = new HashMap<>();
  private final Map<String, Integer> trees = new HashMap<>();

  private record Change(int layer, boolean deleted, Optional<String> digest) {}

  /** What hides a file. */
  record Hider(int layer, Cause cause) {}

  void add(LayerContent content, int layer) {
    for (var path : content.removed()) {
      paths.put(path, new Change(layer, true, Optional.empty()));
      trees.put(path, layer);
    }
    content.opaque().forEach(path -> trees.put(path, layer));
    for (var file : content.files()) {
      paths.put(file.path(), new Change(layer, false, file.facts().digest()));
      if (!file.isDirectory()) {
        trees.put(file.path(), layer);
      }
    }
  }

  /** What hides a file of the layer below; empty if nothing does. */
  Optional<Hider> hider(LayerFile file) {
    var own = Optional.ofNullable(paths.get(file.path()));
    var tree = tree(file.path());
    if (own.isEmpty() || (tree.isPresent() && tree.get() < own.get().layer())) {
      return tree.map(layer -> new Hider(layer, Cause.DELETED));
    }
    return own.map(change -> new Hider(change.layer(), cause(change, file)));
  }

  private static Cause cause(Change change, LayerFile file) {
    if (change.deleted()) {
      return Cause.DELETED;
    }
    return change.digest().isPresent() && change.digest().equals(file.facts().digest())
        ? Cause.METADATA_CHANGED
        : Cause.OVERWRITTEN;
  }

  /** The lowest layer that removes or replaces a directory on the way to a path. */
  private Optional<Integer> tree(String path) {
    var lowest = Optional.ofNullable(trees.get(""));
    for (var end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) {
      var layer = trees.get(path.substring(0, end));
      if (layer != null && (lowest.isEmpty() || layer < lowest.get())) {
        lowest = Optional.of(layer);
      }
    }
    return lowest;
  }
}
