package dev.stagewright.stage.mount;

import dev.stagewright.layers.oci.Digest;
import dev.stagewright.protocol.RunMount;
import dev.stagewright.stage.copy.CopySources;
import java.nio.charset.StandardCharsets;

/**
 * What identifies a cache: as in BuildKit its id, and what it was made from. One that began empty
 * and without attributes of its own has its id alone.
 *
 * @param text no two caches have the same
 */
record CacheIdentity(String text) {
  /** No id that a Dockerfile can hold goes on so. */
  private static final String SEPARATOR = "\0";

  static CacheIdentity of(RunMount.Cache cache, CopySources sources) {
    var text = new StringBuilder(cache.id());
    if (cache.seed().isPresent()) {
      text.append(SEPARATOR).append("from ").append(sources.definition(cache.seed().get()));
      text.append(SEPARATOR).append(cache.path());
    }
    cache
        .attributes()
        .ifPresent(it ->
            text.append(SEPARATOR).append("%o %d:%d".formatted(it.mode(), it.uid(), it.gid())));
    return new CacheIdentity(text.toString());
  }

  /**
   * Whether files are what a cache begins with. As in BuildKit, one that is to have attributes of
   * its own is a new directory.
   */
  static boolean isSeedOf(RunMount.Cache cache) {
    return cache.seed().isPresent() && cache.attributes().isEmpty();
  }

  /** The name of its folder. */
  String folder() {
    return Digest.of(text.getBytes(StandardCharsets.UTF_8)).hex();
  }
}
