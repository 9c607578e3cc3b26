package dev.stagewright.worker.publish;

import dev.stagewright.layers.io.UntrustedFile;
import dev.stagewright.layers.io.VerifiedInputStream;
import dev.stagewright.layers.oci.Descriptor;
import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.StagePlan;
import dev.stagewright.protocol.StageResult;
import dev.stagewright.protocol.Workspace;
import dev.stagewright.registry.call.Sleeper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The results of stages on the workspace.
 *
 * @param workspace the root of the workspace
 * @param sleeper waits before another attempt to read
 */
record StageResults(Path workspace, Sleeper sleeper) {

  /** The file of the result, which the stage writes last. */
  Path file(StagePlan stage) {
    return directory(stage.id()).resolve(Workspace.RESULT);
  }

  /**
   * Reads the result of a stage.
   *
   * @throws BuildFailedException if the stage has no result, or it cannot be read
   */
  StageResult read(StagePlan stage) throws InterruptedException {
    return new WorkspaceFile(file(stage), "the result of stage " + stage.name(), sleeper)
        .read(StageResult.class);
  }

  /** Reads the results of stages, by ID. */
  Map<String, StageResult> read(List<StagePlan> stages) throws InterruptedException {
    var results = new HashMap<String, StageResult>();
    for (var stage : stages) {
      results.put(stage.id(), read(stage));
    }
    return Map.copyOf(results);
  }

  /** Whether the workspace has a blob of a stage. */
  boolean has(String stage, Descriptor blob) {
    return Files.exists(file(stage, blob));
  }

  /** Opens a blob of a stage; its digest is verified while it is read. */
  InputStream open(String stage, Descriptor blob) throws IOException {
    return new VerifiedInputStream(new UntrustedFile(file(stage, blob)).in(), blob);
  }

  private Path file(String stage, Descriptor blob) {
    return directory(stage).resolve(Workspace.blob(blob.digest()));
  }

  private Path directory(String stage) {
    return workspace.resolve(Workspace.stage(stage));
  }
}
