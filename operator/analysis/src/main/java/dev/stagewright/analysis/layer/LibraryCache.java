package dev.stagewright.analysis.layer;

import java.nio.charset.StandardCharsets;
import java.util.TreeSet;

/** Reads the paths of libraries in {@code ld.so.cache}. */
final class LibraryCache {
  /** Ten times that of a Debian system with many libraries. */
  static final int MAX_SIZE = 1 << 20;

  private LibraryCache() {}

  /** The absolute paths, one on a line, sorted. All strings of the file end with a zero byte. */
  static String paths(byte[] cache, int count) {
    var paths = new TreeSet<String>();
    var start = -1;
    for (var i = 0; i < count; i++) {
      if (cache[i] == 0) {
        if (start >= 0) {
          paths.add(new String(cache, start, i - start, StandardCharsets.ISO_8859_1));
        }
        start = -1;
      } else if (cache[i] == '/' && i > 0 && cache[i - 1] == 0) {
        start = i;
      }
    }
    return String.join("\n", paths);
  }
}
