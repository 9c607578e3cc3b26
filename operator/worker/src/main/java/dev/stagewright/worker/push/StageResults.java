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
 * The results of stages on the workspace.
 *
 * @param workspace the root of the workspace
 */
record StageResults(Path workspace) {

  /**
   * Returns the results of stages, by ID.
   *
   * @throws BuildFailedException if a stage has no result
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
              "stage " + stage.name() + " has no result on the workspace (" + file + ")"),
          e);
    }
  }

  /** Opens the compressed layer of a stage; its digest is verified while it is read. */
  InputStream open(LayerSource.Stage layer) throws IOException {
    var directory = workspace.resolve(Workspace.stage(layer.stage()));
    var file = directory.resolve(Workspace.blob(layer.blob().digest()));
    return new VerifiedInputStream(Files.newInputStream(file), layer.blob());
  }
}
