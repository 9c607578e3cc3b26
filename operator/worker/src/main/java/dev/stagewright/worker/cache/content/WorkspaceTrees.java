package dev.stagewright.worker.cache.content;

import dev.stagewright.layers.io.UntrustedFile;
import dev.stagewright.layers.tar.IndexedTar;
import dev.stagewright.protocol.Json;
import dev.stagewright.protocol.StageResult;
import dev.stagewright.protocol.Step;
import dev.stagewright.protocol.Step.CopyFrom;
import dev.stagewright.protocol.Workspace;
import dev.stagewright.stage.copy.FileTrees;
import dev.stagewright.stage.copy.OpenedTrees;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The files on the workspace that are there already; does not wait for stages. */
final class WorkspaceTrees implements FileTrees, Closeable {
  private final Path workspace;
  private final OpenedTrees trees = new OpenedTrees();

  WorkspaceTrees(Path workspace) {
    this.workspace = workspace;
  }

  /** Whether the files of a source are on the workspace. */
  boolean has(CopyFrom from) throws IOException {
    return switch (from) {
      case CopyFrom.Context _ -> true;
      case CopyFrom.Stage(var id) -> exports(id).isPresent();
    };
  }

  @Override
  public IndexedTar open(CopyFrom from) throws IOException {
    return switch (from) {
      case CopyFrom.Context _ -> trees.open(workspace.resolve(Workspace.CONTEXT));
      case CopyFrom.Stage(var id) ->
          trees.open(
              exports(id).orElseThrow(() -> new IOException("stage " + id + " has no files yet")));
    };
  }

  @Override
  public IndexedTar open(Step.Remote remote) throws IOException {
    return trees.open(workspace.resolve(Workspace.remote(remote.id())));
  }

  /**
   * The directory of the exports of a stage that has run. A stage whose steps are all known may
   * have a result without its exports on the workspace.
   */
  private Optional<Path> exports(String id) throws IOException {
    var folder = workspace.resolve(Workspace.stage(id));
    var result = folder.resolve(Workspace.RESULT);
    if (!Files.exists(result)) {
      return Optional.empty();
    }
    return Json.read(new UntrustedFile(result).text(), StageResult.class)
        .exports()
        .map(exports -> folder.resolve(exports.folder()))
        .filter(exports -> Files.exists(exports.resolve(Workspace.INDEX)));
  }

  @Override
  public void close() throws IOException {
    trees.close();
  }

  @Override
  public String describe(CopyFrom from) {
    return from.toString();
  }

  @Override
  public Optional<String> workingDirectory(CopyFrom from) {
    return Optional.empty();
  }
}
