package dev.stagewright.e2e.conformance.image;

import java.util.List;

/**
 * A layer with the content of its archive.
 *
 * @param diffId digest of the uncompressed archive, computed while it was read
 * @param members members in the order of the archive
 */
public record Layer(String diffId, List<Member> members) {

  /**
   * A member with the digest of its content.
   *
   * @param path path relative to the root, without slashes at either end; empty for the root
   * @param digest SHA-256 of the content of a file, otherwise empty
   */
  public record Member(String path, TarMember header, String digest) {}

  /** Copies the list. */
  public Layer {
    members = List.copyOf(members);
  }
}
