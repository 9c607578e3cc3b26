package dev.stagewright.stage;

import dev.stagewright.layers.io.DurableFile;
import dev.stagewright.layers.io.UntrustedFile;
import dev.stagewright.protocol.Json;
import dev.stagewright.protocol.StageResult;
import dev.stagewright.protocol.StepResult;
import dev.stagewright.protocol.Workspace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The results of the steps of a stage on the workspace. Those that exist are the results of one
 * run: a Pod continues after them, and two Pods that run at the same time do not mix theirs.
 */
final class StepResults {
  private final Path own;
  private boolean isOtherRun;

  /**
   * The results of a stage.
   *
   * @param own directory of the stage
   */
  StepResults(Path own) {
    this.own = own;
  }

  /** The layers of consecutive steps: from the first index up to the last one with a result. */
  List<StageResult.Layer> read(int from, int to) throws IOException {
    var layers = new ArrayList<StageResult.Layer>();
    for (var step = from; step < to && Files.exists(file(step)); step++) {
      layers.add(Json.read(new UntrustedFile(file(step)).text(), StepResult.class).layer());
    }
    return List.copyOf(layers);
  }

  /** Writes the result of the next step, unless another Pod has already continued differently. */
  void write(StageResult.Layer layer, long millis) throws IOException {
    var file = file(layer.step());
    isOtherRun = isOtherRun || Files.exists(file);
    if (isOtherRun) {
      return;
    }
    Files.createDirectories(own.resolve(Workspace.STEPS));
    DurableFile.write(
        file, Json.write(new StepResult(layer, millis)).getBytes(StandardCharsets.UTF_8));
  }

  private Path file(int step) {
    return own.resolve(Workspace.step(step));
  }
}
