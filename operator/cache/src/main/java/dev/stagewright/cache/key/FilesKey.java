package dev.stagewright.cache.key;

import java.util.Collection;
import java.util.TreeSet;

/** Computes the key of the files that other stages copy from a stage. */
public final class FilesKey {
  private FilesKey() {}

  /**
   * The key of files.
   *
   * @param last key of the last step of the stage, or of its base if it has no steps
   * @param exports paths that other stages copy, in any order
   */
  public static CacheKey of(CacheKey last, Collection<String> exports) {
    return KeyHash.of("files").add(last).add(new TreeSet<>(exports)).key();
  }
}
