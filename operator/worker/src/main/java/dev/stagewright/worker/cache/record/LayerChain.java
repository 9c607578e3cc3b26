package dev.stagewright.worker.cache.record;

import dev.stagewright.cache.record.StepRecord;
import dev.stagewright.layers.oci.Descriptor;
import dev.stagewright.protocol.StageResult;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The layers of steps, from the base image on, as a record has them.
 *
 * @param layers layers, the lowest first, each with its time
 * @param details blobs with details that the layers lack
 * @param millis duration of all steps, in milliseconds
 */
record LayerChain(List<StageResult.Layer> layers, List<Descriptor> details, long millis) {
  static final LayerChain EMPTY = new LayerChain(List.of(), List.of(), 0);

  static LayerChain of(StepRecord record) {
    return new LayerChain(record.layers(), record.details(), record.totalMillis());
  }

  /** This chain and the layer of the next step. */
  LayerChain plus(RecordedStep step) {
    var layer = step.result().layer();
    var next =
        new StageResult.Layer(
            layers.size(),
            layer.blob(),
            layer.diffId(),
            layer.details(),
            Optional.of(step.created()));
    return new LayerChain(
        Stream.concat(layers.stream(), Stream.of(next)).toList(),
        Stream.concat(details.stream(), step.details().stream()).distinct().toList(),
        millis + step.result().millis());
  }
}
