package dev.stagewright.analysis.size;

/** Adds up {@link FileTotals}. */
final class TotalsSum {
  private long files;
  private long bytes;
  private long compressedBytes;

  void add(SizedFile file) {
    files++;
    bytes += file.bytes();
    compressedBytes += file.compressedBytes();
  }

  long bytes() {
    return bytes;
  }

  FileTotals totals() {
    return new FileTotals(files, bytes, compressedBytes);
  }
}
