package dev.stagewright.protocol;

import dev.stagewright.layers.oci.Digest;
import java.util.Optional;

/**
 * A Pod's last words: its termination message. Kubernetes keeps 4096 bytes of it, so it holds
 * digests, sizes and reasons only.
 */
public sealed interface Termination {

  /** What the registry's scanner found; empty where it was not asked. */
  default Optional<ScanResult> scan() {
    return Optional.empty();
  }

  /**
   * Prepare is done; the plan is in its log as a {@link PlanFrame}.
   *
   * @param plan digest of the plan's JSON
   */
  record Prepared(Digest plan) implements Termination {}

  /**
   * Check is done: the registry would take the image, as far as can be told before there is one.
   */
  record Checked() implements Termination {}

  /**
   * A stage is done.
   *
   * @param stage its id
   * @param layers how many layers it wrote
   * @param layerBytes their compressed size
   * @param exportedBytes size of what other stages may copy
   * @param sandbox the one it used
   * @param readyMillis from the start of the process to its first instruction
   */
  record Staged(
      String stage,
      int layers,
      long layerBytes,
      long exportedBytes,
      SandboxKind sandbox,
      long readyMillis)
      implements Termination {}

  /**
   * The image is in the registries, under all names that the plan has for it.
   *
   * @param digest of the manifest
   * @param size of config and compressed layers, in bytes
   * @param layers how many layers it has
   * @param uploadedBytes how much really went over
   * @param scan what the registry's scanner found; empty where it was not asked
   */
  record Pushed(Digest digest, long size, int layers, long uploadedBytes, Optional<ScanResult> scan)
      implements Termination {
    /** Without a scan. */
    public Pushed(Digest digest, long size, int layers, long uploadedBytes) {
      this(digest, size, layers, uploadedBytes, Optional.empty());
    }
  }

  /**
   * The phase gave up.
   *
   * @param failure why
   * @param scan what the registry's scanner found, where that is why, or was known by then
   */
  record Failed(Failure failure, Optional<ScanResult> scan) implements Termination {
    /** Without a scan. */
    public Failed(Failure failure) {
      this(failure, Optional.empty());
    }
  }
}
