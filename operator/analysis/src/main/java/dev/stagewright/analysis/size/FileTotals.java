package dev.stagewright.analysis.size;

/**
 * The size of some files.
 *
 * @param files number of regular files; hard links to the same file count once
 * @param bytes size of their content
 * @param compressedBytes what they add to the compressed size of the image; an estimate, from the
 *     ratio of each layer, except for whole layers
 */
public record FileTotals(long files, long bytes, long compressedBytes) {
  /** No files. */
  public static final FileTotals NONE = new FileTotals(0, 0, 0);

  /** Returns the size of these and other files. */
  public FileTotals plus(FileTotals other) {
    return new FileTotals(
        files + other.files, bytes + other.bytes, compressedBytes + other.compressedBytes);
  }
}
