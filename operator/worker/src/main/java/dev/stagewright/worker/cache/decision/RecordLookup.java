package dev.stagewright.worker.cache.decision;

import dev.stagewright.cache.key.CacheKey;
import dev.stagewright.cache.record.FilesRecord;
import dev.stagewright.cache.record.LatestRecord;
import dev.stagewright.cache.record.StepRecord;
import dev.stagewright.worker.Log;
import dev.stagewright.worker.cache.store.CacheStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Looks up records in parallel, for a limited time in all: a registry that is slow or does not
 * answer must not delay a build. After that time no records exist.
 */
final class RecordLookup {
  private static final int PARALLEL = 16;

  private final CacheStore store;
  private final CacheKey latestKey;
  private final Log log;
  private final Map<CacheKey, Optional<StepRecord>> steps = new HashMap<>();
  private final Map<CacheKey, Optional<FilesRecord>> files = new HashMap<>();
  private volatile Optional<LatestRecord> latest = Optional.empty();
  private volatile boolean isLatestKnown;
  private boolean started;
  private Duration left;
  private boolean possible = true;

  /** Adds a record to those that were looked up. */
  @FunctionalInterface
  private interface Found {
    void add();
  }

  /**
   * Looks up records.
   *
   * @param latestKey key of the latest build
   * @param limit time for all look-ups
   */
  RecordLookup(CacheStore store, CacheKey latestKey, Duration limit, Log log) {
    this.store = store;
    this.latestKey = latestKey;
    this.left = limit;
    this.log = log;
  }

  /** Does not look up anything: no records exist. */
  static RecordLookup nothing(CacheStore store, CacheKey latestKey, Log log) {
    var lookup = new RecordLookup(store, latestKey, Duration.ZERO, log);
    lookup.possible = false;
    return lookup;
  }

  /** Whether records can be looked up. */
  boolean isPossible() {
    return possible;
  }

  /** Whether the latest build was looked up. */
  boolean hasLatest() {
    return started;
  }

  /** The records that were looked up. */
  LookedUp lookedUp() {
    return new LookedUp(steps, files);
  }

  /** The keys of the latest build; may be called by any thread. */
  LatestKeys latest() {
    return new LatestKeys(latest);
  }

  /** Whether it is known if there is a latest build; may be called by any thread. */
  boolean isLatestKnown() {
    return isLatestKnown;
  }

  /** Looks up these records, and the latest build with the first of them. */
  void find(List<Decision.LookUp> wanted) throws InterruptedException {
    var tasks = new ArrayList<Callable<Found>>();
    if (!started) {
      started = true;
      tasks.add(() -> {
        var record = store.latest(latestKey);
        return () -> {
          latest = record;
          isLatestKnown = true;
        };
      });
    }
    for (var lookUp : wanted) {
      lookUp
          .steps()
          .forEach(key ->
              tasks.add(() -> {
                var record = store.step(key);
                return () -> steps.put(key, record);
              }));
      lookUp
          .files()
          .forEach(key ->
              tasks.add(() -> {
                var record = store.files(key);
                return () -> files.put(key, record);
              }));
    }
    run(tasks);
    wanted.forEach(this::addMissing);
  }

  /**
   * Looks up records again that did not exist.
   *
   * @param limit time for this look-up
   * @return whether one of them exists now; all others can then be looked up again
   */
  boolean findAgain(Set<CacheKey> wantedSteps, Set<CacheKey> wantedFiles, Duration limit)
      throws InterruptedException {
    wantedSteps.forEach(steps::remove);
    wantedFiles.forEach(files::remove);
    left = limit;
    find(List.of(new Decision.LookUp(wantedSteps, wantedFiles)));
    var found =
        wantedSteps.stream().anyMatch(key -> isPresent(steps, key))
            || wantedFiles.stream().anyMatch(key -> isPresent(files, key));
    if (found) {
      steps.values().removeIf(Optional::isEmpty);
      files.values().removeIf(Optional::isEmpty);
    }
    return found;
  }

  private static <T> boolean isPresent(Map<CacheKey, Optional<T>> records, CacheKey key) {
    return records.getOrDefault(key, Optional.empty()).isPresent();
  }

  private void run(List<Callable<Found>> tasks) throws InterruptedException {
    var start = System.nanoTime();
    // Not closed: a look-up that does not react to its interrupt is not waited for.
    var threads = Executors.newFixedThreadPool(PARALLEL, Thread.ofVirtual().factory());
    try {
      for (var task : threads.invokeAll(tasks, left.toNanos(), TimeUnit.NANOSECONDS)) {
        if (task.isCancelled()) {
          stop();
          return;
        }
        add(task);
      }
    } finally {
      threads.shutdownNow();
    }
    left = left.minusNanos(System.nanoTime() - start);
  }

  private void add(Future<Found> task) throws InterruptedException {
    try {
      task.get().add();
    } catch (ExecutionException e) {
      log.print("a record of the cache could not be looked up: " + e.getCause());
    }
  }

  private void stop() {
    possible = false;
    log.print(
        "the cache repository "
            + store.repository().name()
            + " has not answered in time; no more steps are looked up");
  }

  /** A record that could not be looked up does not exist. */
  private void addMissing(Decision.LookUp lookUp) {
    lookUp.steps().forEach(key -> steps.putIfAbsent(key, Optional.empty()));
    lookUp.files().forEach(key -> files.putIfAbsent(key, Optional.empty()));
  }
}
