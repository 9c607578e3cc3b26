package dev.stagewright.stage.copy;

import dev.stagewright.layers.tar.IndexedTar;
import dev.stagewright.protocol.Workspace;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Opens the indexed archives in directories of the workspace, each once. Not thread-safe. */
public final class OpenedTrees implements Closeable {
  private final Map<Path, IndexedTar> opened = new HashMap<>();

  /** Opens {@link Workspace#TAR} and its index in a directory. The caller does not close it. */
  public IndexedTar open(Path folder) throws IOException {
    var known = opened.get(folder);
    if (known != null) {
      return known;
    }
    var tar = IndexedTar.open(folder.resolve(Workspace.TAR), folder.resolve(Workspace.INDEX));
    opened.put(folder, tar);
    return tar;
  }

  @Override
  public void close() throws IOException {
    for (var tar : opened.values()) {
      tar.close();
    }
    opened.clear();
  }
}
