package dev.stagewright.protocol;

import java.util.Optional;

/**
 * What a source was when it was fetched.
 *
 * @param url where it was fetched from, without credentials
 * @param digest digest of the archive or the manifest
 * @param revision the revision that the source has in the system that it comes from, for example
 *     {@code main@sha1:…} in Flux; empty if it has none
 * @param commit the commit that the revision names; empty if it names none
 * @param branch the branch that the revision names; empty if it names none
 */
public record FetchedSource(
    String url,
    String digest,
    Optional<String> revision,
    Optional<String> commit,
    Optional<String> branch) {
  /** A source without a revision. */
  public FetchedSource(String url, String digest) {
    this(url, digest, Optional.empty(), Optional.empty(), Optional.empty());
  }
}
