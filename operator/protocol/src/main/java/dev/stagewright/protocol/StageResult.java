package dev.stagewright.protocol;

import dev.stagewright.layers.oci.Descriptor;
import dev.stagewright.layers.oci.Digest;
import java.util.List;
import java.util.Optional;

/**
 * What a finished stage leaves on the workspace, as {@link Workspace#RESULT}. It is written last: a
 * stage's folder is complete when it is there.
 *
 * <p>A Pod may go on unseen on a node that is cut off, while another one runs its stage again. So
 * nothing that a result names is ever written anew: layers are named by their digest, and what a
 * Pod exports has a folder of its own.
 *
 * @param stage its id
 * @param layers one for each step, in order, where the stage was to snapshot; else empty
 * @param exports what other stages may copy; empty where none copies
 */
public record StageResult(String stage, List<Layer> layers, Optional<Exports> exports) {
  /** Size of what other stages may copy. */
  public long exportedBytes() {
    return exports.map(Exports::bytes).orElse(0L);
  }

  /**
   * Where {@link Workspace#TAR} and its index are.
   *
   * @param folder its name, in the stage's folder
   * @param bytes size of the archive
   */
  public record Exports(String folder, long bytes) {}

  /**
   * A layer on the workspace, as a blob of {@link Workspace#BLOBS}.
   *
   * @param step index of the step that made it
   * @param blob the compressed layer
   * @param diffId the digest of the uncompressed layer
   * @param details names the blob with what the layer leaves out, for stages that are {@code FROM}
   *     this one; empty where there are none
   */
  public record Layer(int step, Descriptor blob, Digest diffId, Optional<Digest> details) {
    /** A layer that nothing in the build is based on. */
    public Layer(int step, Descriptor blob, Digest diffId) {
      this(step, blob, diffId, Optional.empty());
    }
  }
}
