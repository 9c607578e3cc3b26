package dev.stagewright.registry;

/** How a blob came into a repository. */
public enum BlobTransfer {
  /** It was there. */
  PRESENT,
  /** The registry took it over from another of its repositories. */
  MOUNTED,
  /** Its bytes were sent. */
  UPLOADED
}
