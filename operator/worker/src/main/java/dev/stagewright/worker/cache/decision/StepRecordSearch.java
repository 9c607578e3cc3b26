package dev.stagewright.worker.cache.decision;

import dev.stagewright.cache.key.CacheKey;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the first steps of a stage that have records. A record contains the layers of all steps
 * before it, so usually that of the last step is all that is looked up; only if it does not exist,
 * all others are.
 *
 * @param keys keys of the first steps, in order
 * @param base no known steps on the base of the stage
 * @param lookedUp records that were looked up
 */
record StepRecordSearch(List<CacheKey> keys, KnownResults base, LookedUp lookedUp) {

  /** The records to look up before the known steps are known; empty if none is missing. */
  Set<CacheKey> toLookUp() {
    if (keys.isEmpty()) {
      return Set.of();
    }
    var last = lookedUp.withoutSteps(Set.of(keys.getLast()));
    return last.isEmpty() && known(keys.size()).isEmpty()
        ? lookedUp.withoutSteps(Set.copyOf(keys))
        : last;
  }

  /** The largest number of first steps that have a record. */
  KnownResults known() {
    for (var count = keys.size(); count > 0; count--) {
      var known = known(count);
      if (known.isPresent()) {
        return known.get();
      }
    }
    return base;
  }

  private Optional<KnownResults> known(int count) {
    return lookedUp
        .step(keys.get(count - 1))
        .flatMap(record -> KnownResults.of(record, count, base));
  }
}
