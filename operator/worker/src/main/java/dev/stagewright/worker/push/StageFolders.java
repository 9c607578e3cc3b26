package dev.stagewright.worker.push;

import dev.stagewright.layers.io.VerifiedInputStream;
import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.Json;
import dev.stagewright.protocol.StagePlan;
import dev.stagewright.protocol.StageResult;
import dev.stagewright.protocol.Workspace;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What stages left on the workspace.
 *
 * @param workspace its root
 */
record StageFolders(Path workspace) {

  /**
   * The results of these stages, by id.
   *
   * @throws BuildFailedException if one has none
   */
  Map<String, StageResult> results(List<StagePlan> stages) throws IOException {
    var results = new HashMap<String, StageResult>();
    for (var stage : stages) {
      results.put(stage.id(), result(stage));
    }
    return Map.copyOf(results);
  }

  private StageResult result(StagePlan stage) throws IOException {
    var file = workspace.resolve(Workspace.stage(stage.id())).resolve(Workspace.RESULT);
    try {
      return Json.read(Files.readString(file), StageResult.class);
    } catch (NoSuchFileException e) {
      throw new BuildFailedException(
          Failure.of(
              FailureReason.Internal,
              "stage " + stage.name() + " left no result on the workspace (" + file + ")"),
          e);
    }
  }

  /** A stage's layer, compressed; its digest is checked while it is read. */
  InputStream open(LayerSource.Stage layer) throws IOException {
    var folder = workspace.resolve(Workspace.stage(layer.stage()));
    var file = folder.resolve(Workspace.blob(layer.blob().digest()));
    return new VerifiedInputStream(Files.newInputStream(file), layer.blob());
  }
}
