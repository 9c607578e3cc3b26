package dev.stagewright.registry.pull;

import dev.stagewright.layers.oci.Descriptor;

/** A manifest or index, as stored in the registry. */
final class FetchedManifest {
  private final Descriptor descriptor;
  private final byte[] bytes;

  FetchedManifest(Descriptor descriptor, byte[] bytes) {
    this.descriptor = descriptor;
    this.bytes = bytes;
  }

  /** The descriptor: media type, digest and size. */
  Descriptor descriptor() {
    return descriptor;
  }

  /** The document. */
  byte[] bytes() {
    return bytes;
  }
}
