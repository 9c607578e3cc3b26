package dev.stagewright.stage.export;

import dev.stagewright.stage.linux.RootFileSystem;
import dev.stagewright.stage.path.Wildcards;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Matches wildcards in the files of a stage. */
final class RootTree implements Wildcards.Tree {
  private final RootFileSystem files;

  RootTree(RootFileSystem files) {
    this.files = files;
  }

  @Override
  public List<String> children(String directory) throws IOException {
    return List.of(files.list(directory));
  }

  @Override
  public Optional<String> target(String path) throws IOException {
    return files.readLink(path);
  }
}
