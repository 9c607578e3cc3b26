package dev.stagewright.analysis.content;

import java.util.BitSet;

/** Notes which texts occur in a stream of bytes, also across the borders of the pieces. */
public final class StreamSearch {
  private final TextSearch search;
  private final byte[] border;
  private final BitSet found = new BitSet();
  private int kept;

  /** Searches in a new stream. */
  public StreamSearch(TextSearch search) {
    this.search = search;
    this.border = new byte[2 * (search.longest() - 1)];
  }

  /** Adds the next bytes. */
  public void append(byte[] bytes, int offset, int count) {
    search.search(bytes, offset, offset + count, (index, _) -> found.set(index));
    var overlap = search.longest() - 1;
    if (kept > 0) {
      var more = Math.min(count, overlap);
      System.arraycopy(bytes, offset, border, kept, more);
      search.search(border, 0, kept + more, (index, _) -> found.set(index));
    }
    if (count >= overlap) {
      kept = overlap;
      System.arraycopy(bytes, offset + count - overlap, border, 0, overlap);
    } else {
      // The piece is already behind the kept bytes, if there are any.
      if (kept == 0) {
        System.arraycopy(bytes, offset, border, 0, count);
      }
      var total = kept + count;
      var dropped = Math.max(0, total - overlap);
      System.arraycopy(border, dropped, border, 0, total - dropped);
      kept = total - dropped;
    }
  }

  /** Whether the text with this index has occurred. */
  public boolean found(int index) {
    return found.get(index);
  }
}
