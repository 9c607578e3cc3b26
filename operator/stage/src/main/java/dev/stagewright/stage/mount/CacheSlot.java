package dev.stagewright.stage.mount;

import java.nio.file.Path;

/**
 * One directory of a cache, and the files beside it that describe it. A cache has several if
 * instructions with {@code sharing=private} use it at the same time.
 *
 * @param caches the directory with all caches
 * @param hash {@link CacheIdentity#folder}
 * @param number 0 for the first directory of the cache
 */
record CacheSlot(Path caches, String hash, int number) {

  /** The path of the directory, relative to the directory with all caches. */
  String name() {
    return hash + "/" + number;
  }

  /** The file for {@link CacheLock}. It is never deleted: another process may have opened it. */
  Path lockFile() {
    return beside(".lock");
  }

  /** The file for {@link CacheUse}. */
  Path useFile() {
    return beside(".use");
  }

  /** The file for {@link CacheSizes}. */
  Path sizesFile() {
    return beside(".sizes");
  }

  private Path beside(String suffix) {
    return caches.resolve(hash).resolve(number + suffix);
  }
}
