package dev.stagewright.stage.diff;

import dev.stagewright.stage.linux.FileStatus;

/** Boils a file's status down to 64 bits that differ when the file was changed. */
final class Fingerprint {
  private Fingerprint() {}

  static long of(FileStatus status) {
    var hash = ofLayer(status);
    // The inode of a directory is not stable on all overlays, and its ctime moves when we put
    // something in for a command and take it out again.
    if (status.isDirectory()) {
      return hash;
    }
    hash = mix(hash, status.device());
    hash = mix(hash, status.inode());
    hash = mix(hash, status.ctimeSeconds());
    return mix(hash, status.ctimeNanos());
  }

  /**
   * Of what a layer says of a file. As for containerd, a directory's time is none of it: that moves
   * with what the directory holds.
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

  /** Of what tells that a directory was touched. */
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
