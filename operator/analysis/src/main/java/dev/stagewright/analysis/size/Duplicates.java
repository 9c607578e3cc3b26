package dev.stagewright.analysis.size;

import java.util.List;

/**
 * Files with equal content.
 *
 * @param total all copies except one of each file
 * @param largest those that take most space together, the largest first; bounded
 */
public record Duplicates(FileTotals total, List<DuplicateFile> largest) {
  /** Copies the list. */
  public Duplicates {
    largest = List.copyOf(largest);
  }

  /**
   * A content that several files have.
   *
   * @param bytes size of one copy
   * @param copies number of files
   * @param paths absolute; bounded
   */
  public record DuplicateFile(long bytes, int copies, List<String> paths) {
    /** Copies the list. */
    public DuplicateFile {
      paths = List.copyOf(paths);
    }
  }
}
