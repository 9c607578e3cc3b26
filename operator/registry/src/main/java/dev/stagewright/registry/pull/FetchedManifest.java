package dev.stagewright.registry.pull;

import dev.stagewright.layers.oci.Descriptor;

/** A manifest or index as the registry has it. */
final class FetchedManifest {
  private final Descriptor descriptor;
  private final byte[] bytes;

  FetchedManifest(Descriptor descriptor, byte[] bytes) {
    this.descriptor = descriptor;
    this.bytes = bytes;
  }

  /** Media type, digest and size. */
  Descriptor descriptor() {
    return descriptor;
  }

  /** What the digest is of. */
  byte[] bytes() {
    return bytes;
  }
}
