package dev.stagewright.stage.diff;

import dev.stagewright.stage.linux.FileStatus;

/**
 * Computes a 64-bit fingerprint of the status of a file, which changes when the file is changed.
 */
final class Fingerprint {
  private Fingerprint() {}

  static long of(FileStatus status) {
    var hash = ofLayer(status);
    // The inode of a directory is not stable on all overlays, and its ctime changes when the
    // sandbox adds and removes files for a command.
    if (status.isDirectory()) {
      return hash;
    }
    hash = mix(hash, status.device());
    hash = mix(hash, status.inode());
    hash = mix(hash, status.ctimeSeconds());
    return mix(hash, status.ctimeNanos());
  }

  /**
   * The fingerprint of the status that a layer contains. As in containerd, it excludes the time of
   * a directory, which changes with the content of the directory.
   */
  static long ofLayer(FileStatus status) {
    var hash = mix(status.type().bits(), status.mode());
    hash = mix(hash, status.uid());
    hash = mix(hash, status.gid());
    if (status.isDirectory()) {
      return hash;
    }
    hash = mix(hash, status.mtimeSeconds());
    hash = mix(hash, status.mtimeNanos());
    hash = mix(hash, status.size());
    return mix(hash, (long) status.major() << 32 | status.minor());
  }

  /** The fingerprint of the times of a directory. */
  static int ofTimes(FileStatus status) {
    var hash = mix(status.mtimeSeconds(), status.mtimeNanos());
    hash = mix(hash, status.ctimeSeconds());
    return (int) mix(hash, status.ctimeNanos());
  }

  /** The finalizer of MurmurHash3, over the sum of both. */
  private static long mix(long hash, long value) {
    var mixed = hash * 0x9e3779b97f4a7c15L + value;
    mixed = (mixed ^ mixed >>> 33) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
    return mixed ^ mixed >>> 33;
  }
}
