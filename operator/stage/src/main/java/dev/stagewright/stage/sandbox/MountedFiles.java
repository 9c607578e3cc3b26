package dev.stagewright.stage.sandbox;

import dev.stagewright.stage.diff.Exclusions;
import dev.stagewright.stage.linux.RootFileSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The files for name resolution that the container runtime mounts. In BuildKit each command has its
 * own; in the sandbox {@code inPlace} the next command would find what the command before has
 * written, although no layer contains it.
 */
final class MountedFiles {
  private static final List<String> PATHS = List.of("etc/hosts", "etc/resolv.conf");

  private final Map<Path, byte[]> known = new HashMap<>();

  /** Records the content of those that are mounted. */
  MountedFiles(RootFileSystem root, Exclusions mounted) throws IOException {
    for (var path : PATHS) {
      var file = root.directory().resolve(path);
      if (mounted.contains(path) && Files.isWritable(file)) {
        known.put(file, Files.readAllBytes(file));
      }
    }
  }

  /** Restores the content. */
  void restore() throws IOException {
    for (var file : known.entrySet()) {
      if (!Arrays.equals(Files.readAllBytes(file.getKey()), file.getValue())) {
        Files.write(file.getKey(), file.getValue());
      }
    }
  }
}
