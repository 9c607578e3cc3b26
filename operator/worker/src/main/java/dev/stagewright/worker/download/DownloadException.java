package dev.stagewright.worker.download;

/** A file cannot be downloaded. The message is for users. */
public final class DownloadException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Kind kind;

  DownloadException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  /** The kind of the failure. */
  public Kind kind() {
    return kind;
  }

  /** Kinds of failures. */
  public enum Kind {
    /** The server does not have the file, or does not deliver it. */
    NOT_FOUND,
    /** The server denies access. */
    DENIED,
    /** The file is larger than the limit. */
    TOO_LARGE,
    /** The server did not deliver the file in any attempt. */
    UNAVAILABLE
  }
}
