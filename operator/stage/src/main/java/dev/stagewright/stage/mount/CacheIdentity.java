package dev.stagewright.stage.mount;

import dev.stagewright.layers.oci.Digest;
import dev.stagewright.protocol.RunMount;
import dev.stagewright.stage.copy.CopySources;
import java.nio.charset.StandardCharsets;

/**
 * The identity of a cache: as in BuildKit, its id, seed and attributes; and the scope of ids. The
 * identity of a cache without any of these is its id.
 *
 * @param text text that is unique for each cache
 */
record CacheIdentity(String text) {
  /** A separator that an id in a Dockerfile cannot contain. */
  private static final String SEPARATOR = "\0";

  /**
   * The identity of a cache.
   *
   * @param scope of {@link CacheFolder}
   */
  static CacheIdentity of(RunMount.Cache cache, String scope, CopySources sources) {
    var text = new StringBuilder(cache.id());
    if (cache.seed().isPresent()) {
      text.append(SEPARATOR).append("from ").append(sources.definition(cache.seed().get()));
      text.append(SEPARATOR).append(cache.path());
    }
    cache
        .attributes()
        .ifPresent(it ->
            text.append(SEPARATOR).append("%o %d:%d".formatted(it.mode(), it.uid(), it.gid())));
    if (!scope.isEmpty()) {
      text.append(SEPARATOR).append("build ").append(scope);
    }
    return new CacheIdentity(text.toString());
  }

  /**
   * Whether a cache starts with the files of its seed. As in BuildKit, a cache with attributes
   * starts as a new directory.
   */
  static boolean isSeedOf(RunMount.Cache cache) {
    return cache.seed().isPresent() && cache.attributes().isEmpty();
  }

  /** The name of the directory of the cache. */
  String folder() {
    return Digest.of(text.getBytes(StandardCharsets.UTF_8)).hex();
  }
}
