package dev.stagewright.protocol;

import dev.stagewright.layers.oci.Digest;
import java.util.List;
import java.util.Optional;

/**
 * The outcome of a Pod, which becomes the termination message of its container. Kubernetes keeps
 * 4096 bytes of it, so an outcome holds only digests, sizes and reasons.
 */
public sealed interface Termination {

  /** The result of the scan by the registry; empty if no scan was requested. */
  default Optional<ScanResult> scan() {
    return Optional.empty();
  }

  /** The peak memory use of the container, in bytes; empty if it is unknown. */
  default Optional<Long> peakMemory() {
    return Optional.empty();
  }

  /** Adds the peak memory use of the container to an outcome that reports it. */
  default Termination withPeakMemory(Optional<Long> bytes) {
    return this;
  }

  /**
   * The prepare phase succeeded; its log contains the plan as a {@link LogFrame}.
   *
   * @param plan digest of the JSON of the plan
   */
  record Prepared(Digest plan) implements Termination {}

  /** The publish phase ended without an image, because the prepare phase of its Pod failed. */
  record Skipped() implements Termination {}

  /**
   * A stage succeeded.
   *
   * @param stage id of the stage
   * @param layers number of layers that the stage wrote
   * @param layerBytes compressed size of the layers
   * @param exportedBytes size of the files that other stages may copy
   * @param sandbox the sandbox that the stage used
   * @param readyMillis time from the start of the process to the first instruction
   * @param peakMemory peak memory use of the container, in bytes; empty if the kernel does not
   *     report it
   */
  record Staged(
      String stage,
      int layers,
      long layerBytes,
      long exportedBytes,
      SandboxKind sandbox,
      long readyMillis,
      Optional<Long> peakMemory)
      implements Termination {
    /** A stage without a known peak memory use. */
    public Staged(
        String stage,
        int layers,
        long layerBytes,
        long exportedBytes,
        SandboxKind sandbox,
        long readyMillis) {
      this(stage, layers, layerBytes, exportedBytes, sandbox, readyMillis, Optional.empty());
    }

    @Override
    public Staged withPeakMemory(Optional<Long> bytes) {
      return new Staged(stage, layers, layerBytes, exportedBytes, sandbox, readyMillis, bytes);
    }
  }

  /**
   * The image was pushed to all its registries, under all references of the plan.
   *
   * @param digest digest of the manifest
   * @param size size of the config and the compressed layers, in bytes
   * @param layers number of layers
   * @param uploadedBytes number of bytes that were actually uploaded
   * @param scan result of the scan by the registry; empty if no scan was requested
   * @param unchanged present if nothing was pushed, since all references already had this digest
   * @param findings findings of the plan about which the build has found out more, each of which
   *     replaces the one of the same rule and line; and findings without a line about the build
   * @param checks what was found out about the image, with only as many findings as fit; empty if
   *     it was not checked
   */
  record Pushed(
      Digest digest,
      long size,
      int layers,
      long uploadedBytes,
      Optional<ScanResult> scan,
      Optional<Boolean> unchanged,
      List<BuildPlan.Finding> findings,
      Optional<ImageChecks> checks)
      implements Termination {
    /** Copies the list. */
    public Pushed {
      findings = List.copyOf(findings);
    }

    /** An image without findings. */
    public Pushed(
        Digest digest,
        long size,
        int layers,
        long uploadedBytes,
        Optional<ScanResult> scan,
        Optional<Boolean> unchanged) {
      this(digest, size, layers, uploadedBytes, scan, unchanged, List.of(), Optional.empty());
    }

    /** An image that was pushed. */
    public Pushed(
        Digest digest, long size, int layers, long uploadedBytes, Optional<ScanResult> scan) {
      this(digest, size, layers, uploadedBytes, scan, Optional.empty());
    }

    /** An image that was pushed without a scan. */
    public Pushed(Digest digest, long size, int layers, long uploadedBytes) {
      this(digest, size, layers, uploadedBytes, Optional.empty());
    }

    /** Returns the outcome with findings. */
    public Pushed withFindings(List<BuildPlan.Finding> found) {
      return new Pushed(digest, size, layers, uploadedBytes, scan, unchanged, found, checks);
    }

    /** Returns the outcome with what was found out about the image. */
    public Pushed withChecks(Optional<ImageChecks> found) {
      return new Pushed(digest, size, layers, uploadedBytes, scan, unchanged, findings, found);
    }

    /** Whether nothing was pushed, since all references already had this digest. */
    public boolean isUnchanged() {
      return unchanged.orElse(false);
    }
  }

  /**
   * The phase failed.
   *
   * @param failure reason of the failure
   * @param scan result of the scan by the registry, if the scan is the reason or was complete when
   *     the phase failed
   * @param peakMemory peak memory use of the container, in bytes; empty if it is unknown
   */
  record Failed(Failure failure, Optional<ScanResult> scan, Optional<Long> peakMemory)
      implements Termination {
    /** A failure of a phase that does not report its memory use. */
    public Failed(Failure failure, Optional<ScanResult> scan) {
      this(failure, scan, Optional.empty());
    }

    /** A failure without a scan. */
    public Failed(Failure failure) {
      this(failure, Optional.empty());
    }

    @Override
    public Failed withPeakMemory(Optional<Long> bytes) {
      return new Failed(failure, scan, bytes);
    }
  }
}
