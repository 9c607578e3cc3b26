package dev.stagewright.e2e.conformance.image;

import java.util.List;

/**
 * A layer as its archive has it.
 *
 * @param diffId digest of the uncompressed archive, as it was computed while reading
 * @param members in the archive's order
 */
public record Layer(String diffId, List<Member> members) {

  /**
   * A member with its content's digest.
   *
   * @param path relative to the root, without slashes at either end; empty for the root itself
   * @param digest SHA-256 of a file's content, else empty
   */
  public record Member(String path, TarMember header, String digest) {}

  /** Copies the list. */
  public Layer {
    members = List.copyOf(members);
  }
}
