package dev.stagewright.registry.push;

/** How a blob came into a repository. */
public enum BlobTransfer {
  /** The repository already had the blob. */
  PRESENT,
  /** The registry mounted the blob from another of its repositories. */
  MOUNTED,
  /** The bytes of the blob were uploaded. */
  UPLOADED
}
