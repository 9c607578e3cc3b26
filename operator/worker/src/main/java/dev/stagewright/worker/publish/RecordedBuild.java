package dev.stagewright.worker.publish;

import dev.stagewright.cache.key.CacheKey;
import dev.stagewright.cache.key.StageKeys;
import dev.stagewright.cache.record.ImageRecord;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.ImageChecks;
import dev.stagewright.protocol.PrintableText;
import dev.stagewright.protocol.StagePlan;
import dev.stagewright.protocol.StageResult;
import dev.stagewright.registry.call.Sleeper;
import dev.stagewright.worker.cache.decision.StageDecisions;
import dev.stagewright.worker.cache.record.BuildRecorder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A build whose results are recorded, and that uses the records of earlier ones.
 *
 * @param plan plan of the build
 * @param workspace root of the workspace
 * @param tasks makes decisions in the background
 * @param decisions decides which stages run
 * @param recorder records steps and stages
 * @param earlier the image of an earlier build
 * @param latest records the keys of the build
 * @param sleeper waits before records are looked up again
 */
record RecordedBuild(
    BuildPlan plan,
    Path workspace,
    TaskScope tasks,
    StageDecisions decisions,
    BuildRecorder recorder,
    EarlierImage earlier,
    LatestBuild latest,
    Sleeper sleeper)
    implements BuildCache {
  /** The outcome of a container has a limited size. */
  private static final int LONGEST_PROBLEM = 300;

  /** Repeats earlier decisions, then starts to decide and to record. */
  void start() throws IOException, InterruptedException {
    decisions.restore();
    recorder.start();
    start(() -> {
      decisions.decide();
      new LaterRecords(decisions, sleeper).await();
    });
    start(() -> new LayerRequests(decisions, sleeper).await());
  }

  /** Work in the background, which is interrupted when publish ends. */
  @FunctionalInterface
  private interface Work {
    void run() throws IOException, InterruptedException;
  }

  /** The interrupt is not a failure: it would end the uploads that records still wait for. */
  private void start(Work work) {
    var _ =
        tasks.start(() -> {
          try {
            work.run();
          } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
          }
          return true;
        });
  }

  @Override
  public boolean mustRun(StagePlan stage) throws InterruptedException {
    return decisions.mustRun(stage);
  }

  @Override
  public void onStageThatRuns(Runnable task) {
    start(() -> {
      for (var stage : plan.stages()) {
        if (decisions.mustRun(stage)) {
          task.run();
          return;
        }
      }
    });
  }

  @Override
  public void arrived(StagePlan stage, StageResult result) {
    decisions.finished(stage);
    recorder.arrived(stage, result, decisions.isComplete(stage));
    start(decisions::decide);
  }

  @Override
  public StageResult dated(StagePlan stage, StageResult result) {
    return recorder.dated(stage, result);
  }

  @Override
  public Optional<ImageRecord> image() throws InterruptedException {
    var last = lastKey();
    return last.isPresent() ? earlier.record(last.get()) : Optional.empty();
  }

  private Optional<CacheKey> lastKey() {
    var target = plan.stage(plan.target());
    return decisions.keys(target).filter(keys -> keys.isComplete(target)).map(StageKeys::last);
  }

  @Override
  public List<BuildPlan.Finding> findings() {
    return Stream.concat(
            new OrderFindings(plan, decisions, workspace).list().stream(),
            recorder.problems().stream().map(RecordedBuild::finding))
        .toList();
  }

  private static BuildPlan.Finding finding(String problem) {
    return new BuildPlan.Finding(
        "CacheUnavailable",
        PrintableText.line("cache: " + problem, LONGEST_PROBLEM),
        0,
        Optional.of(ImageChecks.Severity.WARNING));
  }

  @Override
  public void published(Optional<ImageRecord> image) {
    image.ifPresent(
        record -> lastKey().ifPresent(last -> recorder.recordImage(earlier.key(last), record)));
    latest.succeeded();
  }
}
