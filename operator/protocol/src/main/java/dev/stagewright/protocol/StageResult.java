package dev.stagewright.protocol;

import dev.stagewright.layers.oci.Descriptor;
import dev.stagewright.layers.oci.Digest;
import java.util.List;
import java.util.Optional;

/**
 * The result of a stage, stored on the workspace as {@link Workspace#RESULT}. It is written last:
 * the directory of a stage is complete once it contains the result.
 *
 * <p>A Pod may continue on an unreachable node while another Pod runs the stage again. Files that a
 * result refers to are therefore never overwritten: layers are named by their digests, and each Pod
 * has its own directory for exports.
 *
 * @param stage id of the stage
 * @param layers one layer per step, in order, if {@link StagePlan#snapshot} is set; otherwise
 *     empty. The blobs of known steps may be missing on the workspace if no stage needs them; they
 *     are in the repository of the cache
 * @param exports files that other stages may copy; empty if no stage copies any
 */
public record StageResult(String stage, List<Layer> layers, Optional<Exports> exports) {
  /** Size of the files that other stages may copy. */
  public long exportedBytes() {
    return exports.map(Exports::bytes).orElse(0L);
  }

  /**
   * The directory of {@link Workspace#TAR} and its index.
   *
   * @param folder name of the directory in the directory of the stage
   * @param bytes size of the archive
   */
  public record Exports(String folder, long bytes) {
    /** Checks that the folder cannot be another one than a directory of the stage. */
    public Exports {
      var isName =
          !folder.isEmpty()
              && !folder.equals(".")
              && !folder.equals("..")
              && folder.indexOf('/') < 0
              && folder.indexOf(0) < 0;
      if (!isName) {
        throw new IllegalArgumentException("not the name of a directory: " + folder);
      }
    }
  }

  /**
   * A layer on the workspace, as a blob of {@link Workspace#BLOBS}.
   *
   * @param step index of the step that created the layer
   * @param blob compressed layer
   * @param diffId digest of the uncompressed layer
   * @param details digest of the blob with details that the layer lacks, for stages {@code FROM}
   *     this stage and for later builds; empty if there are none, see {@link BuildPlan#hasDetails}
   * @param created time when a known step ran, in seconds since 1970; empty for a step of this run
   */
  public record Layer(
      int step, Descriptor blob, Digest diffId, Optional<Digest> details, Optional<Long> created) {
    /** A layer of a step of this run. */
    public Layer(int step, Descriptor blob, Digest diffId, Optional<Digest> details) {
      this(step, blob, diffId, details, Optional.empty());
    }

    /** A layer of a step of this run that no other stage of the build is based on. */
    public Layer(int step, Descriptor blob, Digest diffId) {
      this(step, blob, diffId, Optional.empty());
    }
  }
}
