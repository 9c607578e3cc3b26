package dev.stagewright.registry.error;

/** The kind of a registry's failure: of an error response, or of a missing response. */
public enum ErrorKind {
  /** The image, repository, blob or platform does not exist. */
  NOT_FOUND(Category.NOT_FOUND),
  /** The project does not exist, at a registry that has projects. */
  PROJECT_NOT_FOUND(Category.NOT_FOUND),
  /** Credentials are missing or wrong. */
  UNAUTHORIZED(Category.ACCESS_DENIED),
  /** The permissions of the account, or a policy of the registry, do not allow the operation. */
  DENIED(Category.ACCESS_DENIED),
  /** The project is a proxy cache of another registry, and does not accept pushes. */
  PROXY_CACHE(Category.OTHER),
  /** The storage quota of the project is exhausted. */
  QUOTA(Category.OTHER),
  /** The tag exists and is immutable. */
  IMMUTABLE_TAG(Category.OTHER),
  /** The registry, or a proxy in front of it, rejects requests of this size. */
  TOO_LARGE(Category.OTHER),
  /** The registry received too many requests. */
  RATE_LIMITED(Category.TRANSIENT),
  /** The registry is in read-only mode. */
  READ_ONLY(Category.TRANSIENT),
  /** The registry did not respond, or reported a temporary failure. */
  UNAVAILABLE(Category.TRANSIENT),
  /** The peer does not speak the protocol: not a registry, no TLS, a malformed document. */
  INVALID(Category.OTHER),
  /** The bytes do not match their digest. */
  DIGEST_MISMATCH(Category.OTHER);

  private enum Category {
    NOT_FOUND,
    ACCESS_DENIED,
    TRANSIENT,
    OTHER
  }

  private final Category category;

  ErrorKind(Category category) {
    this.category = category;
  }

  /** Whether the requested object does not exist, or the registry hides it from the account. */
  public boolean isNotFound() {
    return category == Category.NOT_FOUND;
  }

  /** Whether another account, or other permissions, could help. */
  public boolean isAccessDenied() {
    return category == Category.ACCESS_DENIED;
  }

  /** Whether the same call may succeed later. */
  public boolean isTransient() {
    return category == Category.TRANSIENT;
  }
}
