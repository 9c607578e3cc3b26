package dev.stagewright.worker.cache.record;

import dev.stagewright.cache.key.CacheKey;
import dev.stagewright.cache.record.ImageRecord;
import dev.stagewright.cache.record.LatestRecord;
import dev.stagewright.protocol.StageBase;
import dev.stagewright.protocol.StagePlan;
import dev.stagewright.protocol.StageResult;
import dev.stagewright.registry.call.Sleeper;
import dev.stagewright.worker.Log;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Records a build in the cache while it runs: steps as soon as they have ended, also of stages that
 * fail later. It has threads of its own, so it can finish after the build has failed. Thread-safe.
 */
public final class BuildRecorder implements AutoCloseable {
  /** Nobody waits for a step to be noticed, so few looks at the workspace are enough. */
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final Recording recording;
  private final Sleeper sleeper;
  private final Log log;
  private final boolean active;
  private final RecordingTotals totals = new RecordingTotals();
  private final Map<String, StageRecorder> stages = new LinkedHashMap<>();
  private final RecordingTasks tasks;
  private Optional<Thread> watcher = Optional.empty();

  /**
   * Creates a recorder, which does nothing if the cache is read-only.
   *
   * @param sleeper waits between two looks at the workspace
   * @param log receives what was recorded, at the end
   */
  public BuildRecorder(Recording recording, Sleeper sleeper, Log log) {
    this.recording = recording;
    this.sleeper = sleeper;
    this.log = log;
    this.active = recording.store().isWritable();
    this.tasks = new RecordingTasks(recording.store(), totals);
    var blobs = new CacheBlobs(recording.store(), totals);
    for (var stage : recording.plan().stages()) {
      var parent =
          stage.base() instanceof StageBase.Stage(var id)
              ? Optional.ofNullable(stages.get(id))
              : Optional.<StageRecorder>empty();
      stages.put(stage.id(), new StageRecorder(recording, stage, parent, blobs, totals));
    }
  }

  /** Starts to look for steps that have ended, until {@link #finish}. */
  public void start() {
    if (active) {
      watcher = Optional.of(Thread.ofVirtual().name("recorder").start(this::watch));
    }
  }

  private void watch() {
    try {
      while (true) {
        look();
        sleeper.sleep(PAUSE);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  /** Looks once for steps that have ended; what cannot be read is looked at again. */
  void look() {
    for (var stage : running()) {
      try {
        look(stage);
      } catch (IOException _) {
        // The last look says what is wrong.
      }
    }
  }

  private List<StageRecorder> running() {
    return stages.values().stream().filter(stage -> !stage.hasEnded()).toList();
  }

  private void lookForTheLastTime(StageRecorder stage) {
    try {
      look(stage);
    } catch (IOException e) {
      totals.addFailure(String.valueOf(e.getMessage()));
    }
  }

  private void look(StageRecorder stage) throws IOException {
    for (var index : stage.steps().look(recording.now())) {
      if (recording.includes(stage.stage(), index)) {
        tasks.submit(stage.stage().id(), () -> stage.recordStep(index));
      }
    }
  }

  /**
   * A stage has ended with this result. Its files are recorded, too.
   *
   * @param known whether the result is that of records, so that there is nothing to record
   */
  public void arrived(StagePlan plan, StageResult result, boolean known) {
    if (!active) {
      return;
    }
    var stage = stage(plan);
    lookForTheLastTime(stage);
    stage.end(result);
    if (!known && result.exports().isPresent()) {
      var exports = result.exports().get();
      tasks.submit(plan.id(), () -> stage.recordFiles(exports));
    }
  }

  /**
   * Returns the result of a stage with the times of its steps in their records, for the history of
   * the image.
   */
  public StageResult dated(StagePlan plan, StageResult result) {
    return active ? stage(plan).steps().dated(result) : result;
  }

  private StageRecorder stage(StagePlan plan) {
    return Optional.ofNullable(stages.get(plan.id()))
        .orElseThrow(() -> new IllegalArgumentException(plan.id() + " is not a stage of the plan"));
  }

  /** Records the image, after it was pushed. */
  public void recordImage(CacheKey key, ImageRecord record) {
    if (active) {
      tasks.submit("image", () -> recording.store().put(key, record));
    }
  }

  /** Records the keys of the build. */
  public void recordLatest(CacheKey key, LatestRecord record) {
    if (active) {
      tasks.submit("latest", () -> recording.store().put(key, record));
    }
  }

  /** What has prevented records from being read or written so far, as sentences for users. */
  public List<String> problems() {
    return recording.store().problems();
  }

  /**
   * Waits until everything is recorded that has ended, and reports it.
   *
   * @param limit longest time to wait; what is not recorded then is dropped
   */
  public void finish(Duration limit) throws InterruptedException {
    if (!active) {
      return;
    }
    watcher.ifPresent(Thread::interrupt);
    running().forEach(this::lookForTheLastTime);
    try {
      var _ = tasks.all().get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException("tasks do not fail", e);
    } catch (TimeoutException _) {
      totals.addFailures(tasks.open(), "it took longer than " + limit.toSeconds() + " s");
    }
    totals.print(log, recording.store().repository().name());
  }

  /** Drops what is not recorded yet. */
  @Override
  public void close() {
    watcher.ifPresent(Thread::interrupt);
    tasks.close();
  }
}
