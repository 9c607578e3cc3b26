package dev.stagewright.stage.mount;

import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * The directory that contains the caches of {@code RUN --mount=type=cache}.
 *
 * @param path writable; see {@link dev.stagewright.protocol.Mounts#CACHE}
 * @param scope name that separates the ids of caches from those of other builds; empty if all
 *     builds that use the directory share their caches
 * @param sizeLimit bytes above which caches are evicted; empty for no limit
 */
public record CacheFolder(Path path, String scope, OptionalLong sizeLimit) {
  /** A directory whose caches all builds share, without a limit. */
  public static CacheFolder unlimited(Path path) {
    return new CacheFolder(path, "", OptionalLong.empty());
  }

  /** The same caches, found at another path. */
  public CacheFolder at(Path other) {
    return new CacheFolder(other, scope, sizeLimit);
  }
}
