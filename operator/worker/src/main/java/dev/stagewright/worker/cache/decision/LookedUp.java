package dev.stagewright.worker.cache.decision;

import dev.stagewright.cache.key.CacheKey;
import dev.stagewright.cache.record.FilesRecord;
import dev.stagewright.cache.record.StepRecord;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The records that were looked up.
 *
 * @param steps records of steps; an empty value is a record that does not exist
 * @param files records of files; an empty value is a record that does not exist
 */
record LookedUp(
    Map<CacheKey, Optional<StepRecord>> steps, Map<CacheKey, Optional<FilesRecord>> files) {
  /** Nothing was looked up. */
  static final LookedUp NOTHING = new LookedUp(Map.of(), Map.of());

  /** Copies the maps. */
  LookedUp {
    steps = Map.copyOf(steps);
    files = Map.copyOf(files);
  }

  /** The keys among these of steps that were not looked up. */
  Set<CacheKey> withoutSteps(Set<CacheKey> keys) {
    var left = new HashSet<>(keys);
    left.removeAll(steps.keySet());
    return Set.copyOf(left);
  }

  /** Whether the record of files was looked up. */
  boolean hasFiles(CacheKey key) {
    return files.containsKey(key);
  }

  /** The record of a step, if it exists. */
  Optional<StepRecord> step(CacheKey key) {
    return steps.getOrDefault(key, Optional.empty());
  }

  /** The record of files, if it exists. */
  Optional<FilesRecord> filesOf(CacheKey key) {
    return files.getOrDefault(key, Optional.empty());
  }
}
