package dev.stagewright.worker.push;

import dev.stagewright.layers.oci.Descriptor;
import dev.stagewright.layers.oci.History;
import dev.stagewright.layers.oci.ImageConfig;
import dev.stagewright.layers.oci.MalformedDocumentException;
import dev.stagewright.layers.oci.MediaTypes;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.BuildRequest.ImageFormat;
import dev.stagewright.protocol.StageBase;
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
    var layers = new ArrayList<LayerSource>(baseLayers(chain.getFirst().base()));
    var baseHistory = ImageConfig.parseHistory(plan.image().baseHistory());
    var history = new ArrayList<>(HistoryFit.adapt(baseHistory, layers.size()));
    for (var stage : chain) {
      var result = result(stage);
      for (var layer : result.layers()) {
        layers.add(new LayerSource.Stage(typed(layer.blob()), layer.diffId(), stage.id()));
      }
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

  private List<LayerSource.Base> baseLayers(StageBase base) {
    return switch (base) {
      case StageBase.Image image ->
          image.layers().stream()
              .map(layer ->
                  new LayerSource.Base(typed(layer.blob()), layer.diffId(), image.location()))
              .toList();
      case StageBase.Scratch() -> List.of();
      case StageBase.Stage _ ->
          throw new IllegalStateException(
              "the first stage of a chain has an image or scratch as its base");
    };
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

  /** OCI and Docker media types do not mix; the layers of a base image may have the other kind. */
  private Descriptor typed(Descriptor blob) {
    var type =
        switch (format) {
          case OCI -> MediaTypes.ociLayer(blob.mediaType());
          case DOCKER ->
              MediaTypes.dockerLayer(blob.mediaType()).orElseThrow(() -> unsupported(blob));
        };
    return new Descriptor(type, blob.digest(), blob.size(), blob.urls());
  }

  private static IllegalArgumentException unsupported(Descriptor blob) {
    return new IllegalArgumentException(
        "Docker has no media type for layer " + blob.digest() + ", " + blob.mediaType());
  }
}
