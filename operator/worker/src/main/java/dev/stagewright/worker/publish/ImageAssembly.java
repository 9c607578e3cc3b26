package dev.stagewright.worker.publish;

import dev.stagewright.layers.oci.History;
import dev.stagewright.layers.oci.ImageConfig;
import dev.stagewright.layers.oci.MalformedDocumentException;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.BuildRequest.ImageFormat;
import dev.stagewright.protocol.StagePlan;
import dev.stagewright.protocol.StageResult;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Assembles an image: the layers of the base image of the target's stage chain, then the layers of
 * each stage of the chain.
 *
 * @param plan the plan of the build
 * @param results the results of the stages of the chain, by ID
 * @param created the time of the history entries of the build
 * @param format the image format, which selects media types
 * @param annotations the annotations of the manifest
 */
record ImageAssembly(
    BuildPlan plan,
    Map<String, StageResult> results,
    Instant created,
    ImageFormat format,
    Annotations annotations) {
  private static final String COMMENT = "stagewright";

  /** Assembles the image. */
  AssembledImage assemble() throws MalformedDocumentException {
    var chain = plan.chain();
    var imageLayers = new ImageLayers(plan, format);
    var layers = new ArrayList<>(imageLayers.ofBase());
    var baseHistory = ImageConfig.parseHistory(plan.image().baseHistory());
    var history = new ArrayList<>(HistoryFit.adapt(baseHistory, layers.size()));
    for (var stage : chain) {
      var result = result(stage);
      layers.addAll(imageLayers.of(stage, result));
      stage.history().forEach(entry -> history.add(history(entry, result)));
    }
    var template = plan.image().config().getBytes(StandardCharsets.UTF_8);
    var latest = lastCreated(history);
    return AssembledImage.of(
        format,
        List.copyOf(layers),
        ImageConfig.parse(template).withCreated(Optional.of(latest)).withHistory(history),
        annotations.of(plan, latest));
  }

  /** An image without additions is as old as its base. */
  private Instant lastCreated(List<History> history) {
    return history.reversed().stream()
        .flatMap(entry -> entry.created().stream())
        .findFirst()
        .orElse(created);
  }

  private StageResult result(StagePlan stage) {
    return Optional.ofNullable(results.get(stage.id()))
        .orElseThrow(() -> new IllegalArgumentException("no result for stage " + stage.id()));
  }

  private History history(StagePlan.HistoryEntry entry, StageResult result) {
    var hasLayer = result.layers().stream().anyMatch(layer -> layer.step() == entry.step());
    return new History(
        Optional.of(created),
        Optional.of(entry.createdBy()),
        Optional.empty(),
        Optional.of(COMMENT),
        !hasLayer);
  }
}
