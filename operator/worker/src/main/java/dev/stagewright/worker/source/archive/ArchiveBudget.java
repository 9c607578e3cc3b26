package dev.stagewright.worker.source.archive;

import dev.stagewright.layers.tar.TarEntry;

/** Counts what an archive contains, and stops at a limit. */
final class ArchiveBudget {
  private final ArchiveLimits limits;
  private final long archive;
  private long bytes;
  private int entries;

  /**
   * Creates a budget.
   *
   * @param archive size of the archive in bytes
   */
  ArchiveBudget(ArchiveLimits limits, long archive) {
    this.limits = limits;
    this.archive = archive;
  }

  /** Whether no entry was added. */
  boolean isUnused() {
    return entries == 0;
  }

  /**
   * Adds an entry before its content is read, which cannot be larger than stated.
   *
   * @throws ArchiveException if the archive contains too much
   */
  void add(TarEntry entry) throws ArchiveException {
    entries++;
    if (entries > limits.entries()) {
      throw new ArchiveException("has more than %d entries".formatted(limits.entries()));
    }
    var most = limits.contentBytes(archive);
    if (entry.size() > most - bytes) {
      throw ArchiveException.ofEntry(
          entry.name(),
          most == limits.contentBytes()
              ? "makes the content larger than the limit of %d bytes".formatted(most)
              : ("makes the content larger than %d bytes, which is not plausible for an archive of"
                      + " %d bytes")
                  .formatted(most, archive));
    }
    bytes += entry.size();
  }
}
