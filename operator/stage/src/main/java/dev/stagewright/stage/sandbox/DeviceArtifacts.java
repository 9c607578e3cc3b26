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
 * What commands leave among the container's devices, in its shared memory and its message queues.
 * With BuildKit each command has them for itself; in place the next one would find it.
 */
final class DeviceArtifacts {
  private static final List<String> FOLDERS = List.of("dev", "dev/shm", "dev/mqueue");

  private final RootFileSystem files;
  private final Map<String, Set<String>> known = new HashMap<>();

  /** Remembers what is there. */
  DeviceArtifacts(RootFileSystem files) throws IOException {
    this.files = files;
    for (var folder : FOLDERS) {
      if (files.status(folder).filter(status -> status.isDirectory()).isPresent()) {
        known.put(folder, Set.of(files.list(folder)));
      }
    }
  }

  /** Removes the rest, as far as it can be. */
  void remove() throws IOException {
    var remover = new FileCreator(files);
    for (var folder : known.entrySet()) {
      for (var name : files.list(folder.getKey())) {
        if (!folder.getValue().contains(name)) {
          try {
            remover.remove(folder.getKey() + "/" + name);
          } catch (LinuxException _) {
            // It is only the next command that will see it.
          }
        }
      }
    }
  }
}
