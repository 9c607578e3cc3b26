package dev.stagewright.layers.tar;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Collects entries in the order of the archive and creates their index. */
final class TarIndexBuilder {
  private static final int DIGEST_SIZE = TarIndex.DIGEST_SIZE;
  private static final int FIRST_CAPACITY = 256;

  private final List<String> paths = new ArrayList<>();
  private long[] offsets = new long[FIRST_CAPACITY];
  private byte[] digests = new byte[FIRST_CAPACITY * DIGEST_SIZE];

  /** Adds an entry without content. */
  void add(String path, long offset) {
    add(path, offset, new byte[DIGEST_SIZE]);
  }

  /** Adds a file. */
  void add(String path, long offset, byte[] digest) {
    var at = paths.size();
    if (at == offsets.length) {
      offsets = Arrays.copyOf(offsets, 2 * at);
      digests = Arrays.copyOf(digests, 2 * at * DIGEST_SIZE);
    }
    paths.add(path);
    offsets[at] = offset;
    System.arraycopy(digest, 0, digests, at * DIGEST_SIZE, DIGEST_SIZE);
  }

  /** Creates the index; of several entries with one path, the last one is used. */
  TarIndex build() {
    var order = sorted();
    var sortedPaths = new String[order.length];
    var sortedOffsets = new long[order.length];
    var sortedDigests = new byte[order.length * DIGEST_SIZE];
    for (int i = 0; i < order.length; i++) {
      var from = order[i];
      sortedPaths[i] = paths.get(from);
      sortedOffsets[i] = offsets[from];
      System.arraycopy(digests, from * DIGEST_SIZE, sortedDigests, i * DIGEST_SIZE, DIGEST_SIZE);
    }
    return new TarIndex(sortedPaths, sortedOffsets, sortedDigests);
  }

  private int[] sorted() {
    var order = new Integer[paths.size()];
    Arrays.setAll(order, i -> i);
    // The sort is stable: entries of one path stay in the order of the archive.
    Arrays.sort(order, Comparator.comparing(paths::get, new PathOrder()));
    var kept = new int[order.length];
    var count = 0;
    for (int i = 0; i < order.length; i++) {
      var isLast = i + 1 == order.length || !paths.get(order[i]).equals(paths.get(order[i + 1]));
      if (isLast) {
        kept[count++] = order[i];
      }
    }
    return Arrays.copyOf(kept, count);
  }
}
