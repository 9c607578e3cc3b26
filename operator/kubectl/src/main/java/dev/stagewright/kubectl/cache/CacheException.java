package dev.stagewright.kubectl.cache;

/** The cache cannot be read or changed; the message says why, as one sentence. */
public final class CacheException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Creates an exception. */
  public CacheException(String message) {
    super(message);
  }

  /** Creates an exception with its cause. */
  public CacheException(String message, Throwable cause) {
    super(message, cause);
  }
}
