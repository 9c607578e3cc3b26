package dev.stagewright.worker.source.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/**
 * A folder that is gone when it is closed.
 *
 * @param path the folder
 */
record ScratchFolder(Path path) implements AutoCloseable {

  /** Creates the folder; what an earlier try left in it is removed. */
  static ScratchFolder create(Path path) throws IOException {
    var folder = new ScratchFolder(path);
    folder.close();
    Files.createDirectories(path);
    return folder;
  }

  @Override
  public void close() throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    try (var all = Files.walk(path)) {
      for (var file : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
