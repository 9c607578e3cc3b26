package dev.stagewright.stage.mount;

import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.Step.CopyFrom;
import dev.stagewright.stage.copy.CopyException;
import dev.stagewright.stage.copy.CopySources;
import dev.stagewright.stage.copy.SourceExtraction;
import dev.stagewright.stage.files.FileCreator;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Extracts files of the build context and of stages for bind mounts, each once per stage. */
final class BindMountSources {
  private final SourceExtraction extraction;
  private final ScratchDirectory scratch;
  private final Map<Source, Path> ready = new HashMap<>();

  BindMountSources(CopySources sources, ScratchDirectory scratch) {
    this.extraction = new SourceExtraction(sources);
    this.scratch = scratch;
  }

  private record Source(CopyFrom from, String path) {}

  /**
   * Extracts a file or directory.
   *
   * @param path absolute path in {@code from}
   * @throws MountException if the path does not exist
   */
  Path source(CopyFrom from, String path) throws IOException, MountException {
    var source = new Source(from, path);
    var known = ready.get(source);
    if (known != null) {
      return known;
    }
    var name = scratch.newName();
    new FileCreator(scratch.files()).remove(name);
    try {
      extraction.extract(from, path, scratch.files(), name);
    } catch (CopyException e) {
      throw new MountException(FailureReason.RunFailed, "--mount: " + e.getMessage());
    }
    ready.put(source, scratch.path(name));
    return scratch.path(name);
  }
}
