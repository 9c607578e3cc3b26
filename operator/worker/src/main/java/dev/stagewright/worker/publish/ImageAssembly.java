package dev.stagewright.worker.publish;

import dev.stagewright.cache.record.ImageRecord;
import dev.stagewright.layers.oci.History;
import dev.stagewright.layers.oci.ImageConfig;
import dev.stagewright.layers.oci.MalformedDocumentException;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.BuildRequest;
import dev.stagewright.protocol.BuildRequest.ImageFormat;
import dev.stagewright.protocol.StagePlan;
import dev.stagewright.protocol.StageResult;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Assembles an image: the layers of the base image of the target's stage chain, then the layers of
 * each stage of the chain.
 *
 * @param plan the plan of the build
 * @param results the results of the stages of the chain, by ID
 * @param created the time of history entries of the build whose steps have no time of their own
 * @param format the image format, which selects media types
 * @param annotations the annotations of the manifest
 */
record ImageAssembly(
    BuildPlan plan,
    Map<String, StageResult> results,
    CreationTime created,
    ImageFormat format,
    Annotations annotations) {
  private static final String COMMENT = "stagewright";

  /**
   * Assembles the image of a request.
   *
   * @param now the creation time of an image without an epoch or a record
   * @param known record of an image with the same content, if there is one
   * @throws dev.stagewright.protocol.BuildFailedException if the epoch is malformed
   */
  static ImageAssembly of(
      BuildRequest request,
      BuildPlan plan,
      Map<String, StageResult> results,
      Instant now,
      Optional<ImageRecord> known) {
    return new ImageAssembly(
        plan,
        results,
        CreationTime.of(request, now, known),
        request.output().format(),
        Annotations.of(request));
  }

  /** Assembles the image. */
  AssembledImage assemble() throws MalformedDocumentException {
    var chain = plan.chain();
    var imageLayers = new ImageLayers(plan, format);
    var layers = new ArrayList<>(imageLayers.ofBase());
    var baseHistory = ImageConfig.parseHistory(plan.image().baseHistory());
    var history = new ArrayList<>(HistoryFit.adapt(baseHistory, layers.size()));
    for (var stage : chain) {
      layers.addAll(imageLayers.of(stage, result(stage)));
    }
    history.addAll(additions(chain));
    var template = plan.image().config().getBytes(StandardCharsets.UTF_8);
    var latest = lastCreated(history);
    return AssembledImage.of(
        format,
        List.copyOf(layers),
        ImageConfig.parse(template).withCreated(Optional.of(latest)).withHistory(history),
        annotations.of(plan, latest));
  }

  /**
   * Returns the history entries of the build. An entry without a layer takes the time of the entry
   * before it, or else of the first layer after it: an image of known steps is the same again.
   */
  private List<History> additions(List<StagePlan> chain) {
    var entries = chain.stream().flatMap(this::entries).toList();
    var previous =
        entries.stream()
            .flatMap(entry -> entry.created().stream())
            .findFirst()
            .orElse(created.time());
    var history = new ArrayList<History>();
    for (var entry : entries) {
      previous = entry.created().orElse(previous);
      history.add(entry.at(previous));
    }
    return history;
  }

  private Stream<Entry> entries(StagePlan stage) {
    var result = result(stage);
    return stage.history().stream()
        .map(entry -> {
          var layer =
              result.layers().stream().filter(other -> other.step() == entry.step()).findFirst();
          return new Entry(entry.createdBy(), layer.map(created::of));
        });
  }

  /**
   * An entry of the history.
   *
   * @param created time of the layer; empty for an entry without a layer
   */
  private record Entry(String createdBy, Optional<Instant> created) {
    History at(Instant time) {
      return new History(
          Optional.of(time),
          Optional.of(createdBy),
          Optional.empty(),
          Optional.of(COMMENT),
          created.isEmpty());
    }
  }

  /** An image without additions is as old as its base. */
  private Instant lastCreated(List<History> history) {
    return history.reversed().stream()
        .flatMap(entry -> entry.created().stream())
        .findFirst()
        .orElse(created.time());
  }

  private StageResult result(StagePlan stage) {
    return Optional.ofNullable(results.get(stage.id()))
        .orElseThrow(() -> new IllegalArgumentException("no result for stage " + stage.id()));
  }
}
