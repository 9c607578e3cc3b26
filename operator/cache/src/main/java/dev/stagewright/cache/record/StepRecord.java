package dev.stagewright.cache.record;

import dev.stagewright.protocol.StageResult;
import dev.stagewright.protocol.StageResult.Layer;
import java.util.List;
import java.util.Optional;

/**
 * The result of a step: all layers from the base image of its stage up to and including the step.
 * The artifact refers to these layers, so a registry keeps all of them.
 *
 * @param instruction text of the instruction, for people
 * @param build namespace and name of the ImageBuild that ran the step
 * @param created when the step ran, in seconds since 1970
 * @param millis duration of the step, in milliseconds
 * @param totalMillis duration of this step and of all before it
 * @param layers layers, the lowest first, one for each step, each with {@link
 *     StageResult.Layer#created}; {@link StageResult.Layer#step} counts from the first step on the
 *     base image
 */
public record StepRecord(
    String instruction,
    String build,
    long created,
    long millis,
    long totalMillis,
    List<StageResult.Layer> layers) {
  /** Copies the layers without {@link StageResult.Layer#details}, which are never published. */
  public StepRecord {
    layers =
        layers.stream()
            .map(layer ->
                new Layer(
                    layer.step(), layer.blob(), layer.diffId(), Optional.empty(), layer.created()))
            .toList();
  }
}
