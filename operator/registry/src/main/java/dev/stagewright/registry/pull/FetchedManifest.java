package dev.stagewright.registry.pull;

import dev.stagewright.layers.oci.Descriptor;

/** A manifest or index, as stored in the registry. */
public final class FetchedManifest {
  private final Descriptor descriptor;
  private final byte[] bytes;

  FetchedManifest(Descriptor descriptor, byte[] bytes) {
    this.descriptor = descriptor;
    this.bytes = bytes.clone();
  }

  /** The descriptor: media type, digest and size. */
  public Descriptor descriptor() {
    return descriptor;
  }

  /** The document. */
  public byte[] bytes() {
    return bytes.clone();
  }
}
