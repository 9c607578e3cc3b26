package dev.stagewright.controller.run;

import java.util.Optional;

/**
 * An artifact that a source controller of Flux has stored.
 *
 * @param url address of the artifact, in the cluster; empty if it is not known any more
 * @param digest checksum of the artifact
 * @param revision revision of the artifact
 * @param origin address that the Flux object fetches from, without credentials
 */
public record FluxArtifact(String url, String digest, String revision, String origin) {

  /** Identifies the content, in the status. */
  public String id() {
    return revision + " " + digest;
  }

  /** The artifact with this id, whose address is not known. */
  static FluxArtifact ofId(String id) {
    var space = id.lastIndexOf(' ');
    return new FluxArtifact("", id.substring(space + 1), id.substring(0, Math.max(0, space)), "");
  }

  /** The artifact, or why there is none. */
  public sealed interface Lookup {
    /** There is an artifact. */
    record Found(FluxArtifact artifact) implements Lookup {}

    /**
     * There is no artifact yet.
     *
     * @param reason in one or a few sentences, for users
     */
    record Missing(String reason) implements Lookup {}

    /** The artifact, if there is one. */
    default Optional<FluxArtifact> found() {
      return this instanceof Found(var artifact) ? Optional.of(artifact) : Optional.empty();
    }
  }
}
