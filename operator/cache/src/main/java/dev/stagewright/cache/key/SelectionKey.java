package dev.stagewright.cache.key;

import dev.stagewright.protocol.RunMount;
import dev.stagewright.protocol.Step;

/**
 * Computes the key of a selection: what a step reads of the files of a stage, without what it does
 * with them. It identifies a selection among those of the same files.
 */
public final class SelectionKey {
  private SelectionKey() {}

  /** The key of what COPY reads; destination, owner and mode do not affect it. */
  public static CacheKey of(Step.Copy step) {
    return KeyHash.of("selection of COPY")
        .add(step.sources())
        .add(step.exclude())
        .add(step.parents())
        .key();
  }

  /** The key of what a bind mount reads. */
  public static CacheKey of(RunMount.Bind mount) {
    return KeyHash.of("selection of a mount").add(mount.path()).key();
  }
}
