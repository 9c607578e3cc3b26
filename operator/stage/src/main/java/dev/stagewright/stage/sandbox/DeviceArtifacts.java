package dev.stagewright.stage.sandbox;

import dev.stagewright.stage.files.FileCreator;
import dev.stagewright.stage.linux.LinuxException;
import dev.stagewright.stage.linux.RootFileSystem;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Files that commands leave in the devices, the shared memory and the message queues of the
 * container. In BuildKit each command has its own; in the sandbox {@code inPlace} the next command
 * would find them.
 */
final class DeviceArtifacts {
  private static final List<String> FOLDERS = List.of("dev", "dev/shm", "dev/mqueue");

  private final RootFileSystem files;
  private final Map<String, Set<String>> known = new HashMap<>();

  /** Records the existing files. */
  DeviceArtifacts(RootFileSystem files) throws IOException {
    this.files = files;
    for (var folder : FOLDERS) {
      if (files.status(folder).filter(status -> status.isDirectory()).isPresent()) {
        known.put(folder, Set.of(files.list(folder)));
      }
    }
  }

  /** Removes all other files, if possible. */
  void remove() throws IOException {
    var remover = new FileCreator(files);
    for (var folder : known.entrySet()) {
      for (var name : files.list(folder.getKey())) {
        if (!folder.getValue().contains(name)) {
          try {
            remover.remove(folder.getKey() + "/" + name);
          } catch (LinuxException _) {
            // Only the next command sees the file.
          }
        }
      }
    }
  }
}
