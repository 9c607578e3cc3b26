package dev.stagewright.cache.record;

import dev.stagewright.layers.oci.Descriptor;
import dev.stagewright.layers.oci.Digest;
import dev.stagewright.protocol.StageResult;
import java.util.List;
import java.util.Optional;

/**
 * The result of a step: all layers from the base image of its stage up to and including the step.
 * The artifact refers to these layers and their details, so a registry keeps all of them.
 *
 * @param instruction text of the instruction, for people
 * @param build namespace and name of the ImageBuild that ran the step
 * @param created when the step ran, in seconds since 1970
 * @param millis duration of the step, in milliseconds
 * @param totalMillis duration of this step and of all before it
 * @param layers layers, the lowest first, one for each step, each with {@link
 *     StageResult.Layer#created}; {@link StageResult.Layer#step} counts from the first step on the
 *     base image
 * @param details the blobs of all {@link StageResult.Layer#details}, in any order
 */
public record StepRecord(
    String instruction,
    String build,
    long created,
    long millis,
    long totalMillis,
    List<StageResult.Layer> layers,
    List<Descriptor> details) {
  /** The media type of details. It is not one of layers, which other tools would unpack. */
  public static final String DETAILS = "application/vnd.stagewright.layer.details.v1";

  /** Copies the lists. */
  public StepRecord {
    layers = List.copyOf(layers);
    details = List.copyOf(details);
  }

  /** The blob with the details of a layer; empty if it is not among the {@link #details}. */
  public Optional<Descriptor> details(Digest digest) {
    return details.stream().filter(blob -> blob.digest().equals(digest)).findFirst();
  }
}
