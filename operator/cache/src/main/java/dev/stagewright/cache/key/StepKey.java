package dev.stagewright.cache.key;

import java.util.List;
import java.util.Optional;

/**
 * The key of a step, and what it was made of.
 *
 * @param key key of the step
 * @param parent key of the step before, or of the base of the stage
 * @param inputs inputs apart from the parent and the files
 * @param files files that the step reads from outside of its stage; empty for a step that reads
 *     none
 */
public record StepKey(
    CacheKey key, CacheKey parent, List<KeyInput> inputs, Optional<SelectedFiles> files) {
  /** Copies the list. */
  public StepKey {
    inputs = List.copyOf(inputs);
  }
}
