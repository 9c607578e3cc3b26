package dev.stagewright.worker.source.archive;

/**
 * Limits for the archive of a source, which protect the node from archive bombs.
 *
 * @param archiveBytes the largest archive
 * @param contentBytes the largest sum of the sizes of all files
 * @param ratio the largest ratio of the content to the archive, for contents that are larger than
 *     {@code smallBytes}
 * @param smallBytes size of a content that is accepted with any ratio
 * @param entries the largest number of entries
 */
public record ArchiveLimits(
    long archiveBytes, long contentBytes, int ratio, long smallBytes, int entries) {
  private static final long GIBIBYTE = 1L << 30;

  /** The limits in production. Archives of source code have ratios of 3 to 20. */
  public static final ArchiveLimits DEFAULT =
      new ArchiveLimits(8 * GIBIBYTE, 32 * GIBIBYTE, 200, GIBIBYTE / 4, 500_000);

  /** The largest content of an archive of this size. */
  long contentBytes(long archive) {
    var byRatio = archive > Long.MAX_VALUE / ratio ? Long.MAX_VALUE : archive * ratio;
    return Math.min(contentBytes, Math.max(smallBytes, byRatio));
  }
}
