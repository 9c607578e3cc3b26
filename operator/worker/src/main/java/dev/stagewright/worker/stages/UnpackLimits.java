package dev.stagewright.worker.stages;

import dev.stagewright.stage.base.UnpackLimit;

/**
 * Derives the limit for an unpacked image from the limit for its compressed layers, which is all
 * that is known before it is unpacked. Ordinary images unpack to two to four times their compressed
 * size; with the factor here, an archive bomb cannot fill the disk of the node.
 */
final class UnpackLimits {
  private static final long FACTOR = 16;

  /** Also allows small images of highly compressible files. */
  private static final long SMALLEST = 256L << 20;

  /** Each entry takes an inode. */
  private static final long ENTRIES = 200_000;

  private UnpackLimits() {}

  static UnpackLimit of(long compressed) {
    return new UnpackLimit(Math.max(SMALLEST, Math.multiplyExact(compressed, FACTOR)), ENTRIES);
  }
}
