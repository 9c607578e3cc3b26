package dev.stagewright.stage;

import dev.stagewright.layers.Compression;
import dev.stagewright.layers.LayerBlob;
import dev.stagewright.layers.LayerWriter;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.LayerOptions;
import dev.stagewright.protocol.StagePlan;
import dev.stagewright.protocol.StageResult;
import dev.stagewright.protocol.Workspace;
import dev.stagewright.stage.details.DetailsWriter;
import dev.stagewright.stage.details.LayerDetails;
import dev.stagewright.stage.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Writes the layers of the steps of a stage to the workspace. */
final class StepLayers {
  private final Path blobs;
  private final LayerOptions options;
  private final boolean hasDetails;

  /**
   * Writes layers of a stage.
   *
   * @param own directory of the stage
   */
  StepLayers(BuildPlan plan, StagePlan stage, Path own) {
    this.blobs = own.resolve(Workspace.BLOBS);
    this.options = plan.layers();
    this.hasDetails = plan.hasDetails(stage);
  }

  /** Writes the changes since the last layer as the layer of a step. */
  StageResult.Layer write(int step, Sandbox sandbox) throws IOException {
    try (var writer =
        LayerWriter.create(blobs, compression(options.compression()), options.sourceDateEpoch())) {
      if (!hasDetails) {
        sandbox.writeChanges(writer.tar(), LayerDetails.NONE);
        return layer(step, writer.finish(), Optional.empty());
      }
      try (var details = DetailsWriter.create(blobs)) {
        sandbox.writeChanges(writer.tar(), details);
        return layer(step, writer.finish(), Optional.of(details.finish()));
      }
    }
  }

  private static StageResult.Layer layer(int step, LayerBlob layer, Optional<Digest> details) {
    return new StageResult.Layer(step, layer.blob(), layer.diffId(), details);
  }

  private static Compression compression(LayerOptions.Algorithm algorithm) {
    return switch (algorithm) {
      case GZIP -> Compression.GZIP;
      case ZSTD -> Compression.ZSTD;
    };
  }
}
