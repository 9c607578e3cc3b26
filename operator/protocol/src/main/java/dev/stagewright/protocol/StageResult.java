package dev.stagewright.protocol;

import dev.stagewright.layers.oci.Descriptor;
import dev.stagewright.layers.oci.Digest;
import java.util.List;

/**
 * What a finished stage leaves on the workspace, as {@link Workspace#RESULT}. It is written last: a
 * stage's folder is complete when it is there.
 *
 * @param stage its id
 * @param layers one for each step, in order, where the stage was to snapshot; else empty
 * @param exportedBytes size of what other stages may copy
 */
public record StageResult(String stage, List<Layer> layers, long exportedBytes) {

  /**
   * A layer on the workspace, as a blob of {@link Workspace#BLOBS}.
   *
   * @param step index of the step that made it
   * @param blob the compressed layer
   * @param diffId the digest of the uncompressed layer
   */
  public record Layer(int step, Descriptor blob, Digest diffId) {}
}
