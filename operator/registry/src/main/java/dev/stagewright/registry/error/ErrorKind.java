package dev.stagewright.registry.error;

/** What kind of failure a registry's answer, or its silence, is. */
public enum ErrorKind {
  /** No such image, repository, blob or platform. */
  NOT_FOUND,
  /** No such project, at a registry that has some. */
  PROJECT_NOT_FOUND,
  /** The credentials are missing or wrong. */
  UNAUTHORIZED,
  /** The account, or a policy of the registry, does not allow it. */
  DENIED,
  /** The project holds copies of another registry's images, and nothing else. */
  PROXY_CACHE,
  /** The storage that the project may use is used up. */
  QUOTA,
  /** The tag exists and may not move. */
  IMMUTABLE_TAG,
  /** The registry, or a proxy before it, takes nothing this big. */
  TOO_LARGE,
  /** Too many requests; worth another try later. */
  RATE_LIMITED,
  /** The registry takes no pushes for a while. */
  READ_ONLY,
  /** No answer, or one that says try again. */
  UNAVAILABLE,
  /** One side does not understand the other: not a registry, no TLS, a malformed document. */
  INVALID,
  /** Bytes that are not those that their digest names. */
  DIGEST_MISMATCH;

  /** Whether the same call may go better after a while. */
  public boolean isTransient() {
    return this == RATE_LIMITED || this == READ_ONLY || this == UNAVAILABLE;
  }
}
