package dev.stagewright.worker.source.archive;

import dev.stagewright.layers.tar.RawName;

/** An archive is refused. The message says which entry is the cause. */
final class ArchiveException extends Exception {
  private static final long serialVersionUID = 1L;

  ArchiveException(String message) {
    super(message);
  }

  /** A failure that one entry causes. */
  static ArchiveException ofEntry(String rawName, String problem) {
    return new ArchiveException("the entry " + RawName.text(rawName) + " " + problem);
  }
}
