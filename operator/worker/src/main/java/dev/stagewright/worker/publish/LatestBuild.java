package dev.stagewright.worker.publish;

import dev.stagewright.cache.key.CacheKey;
import dev.stagewright.cache.key.LatestKey;
import dev.stagewright.cache.record.LatestRecord;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.BuildRequest;
import dev.stagewright.protocol.StagePlan;
import dev.stagewright.protocol.StageStart;
import dev.stagewright.protocol.Workspace;
import dev.stagewright.worker.cache.decision.StageDecisions;
import dev.stagewright.worker.cache.record.BuildRecorder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Records the keys of this build, with which the next build of the Dockerfile is compared, once at
 * its end. Thread-safe.
 */
final class LatestBuild {
  private final BuildRequest request;
  private final BuildPlan plan;
  private final Path workspace;
  private final StageDecisions decisions;
  private final BuildRecorder recorder;
  private final InstantSource clock;
  private boolean hasEnded;

  /**
   * Creates the record of a build.
   *
   * @param workspace root of the workspace
   * @param decisions keys of the steps, and the record of the build before
   * @param clock provides the time of the record
   */
  LatestBuild(
      BuildRequest request,
      BuildPlan plan,
      Path workspace,
      StageDecisions decisions,
      BuildRecorder recorder,
      InstantSource clock) {
    this.request = request;
    this.plan = plan;
    this.workspace = workspace;
    this.decisions = decisions;
    this.recorder = recorder;
    this.clock = clock;
  }

  /** All steps have succeeded. */
  synchronized void succeeded() {
    hasEnded = true;
    record(
        plan.stages().stream()
            .flatMap(stage ->
                decisions.keys(stage).stream()
                    .map(keys -> LatestRecord.Stage.of(plan, stage, keys)))
            .toList());
  }

  /**
   * The build has failed or was stopped, unless it has succeeded before. Nothing is recorded if it
   * is not known what to compare the stages with that were not reached.
   */
  synchronized void stopped() {
    if (hasEnded || !decisions.isLatestKnown()) {
      return;
    }
    hasEnded = true;
    if (plan.stages().stream().anyMatch(this::isReached)) {
      record(plan.stages().stream().flatMap(stage -> merged(stage).stream()).toList());
    }
  }

  private Optional<LatestRecord.Stage> merged(StagePlan stage) {
    var before =
        decisions
            .latest()
            .flatMap(latest ->
                latest.stages().stream()
                    .filter(other -> other.name().equals(stage.name()))
                    .findFirst());
    if (!isReached(stage) && before.isPresent()) {
      return before;
    }
    return decisions
        .keys(stage)
        .map(keys -> LatestRecord.Stage.of(plan, stage, keys, completed(stage)))
        .map(now -> before.map(now::with).orElse(now))
        .or(() -> before);
  }

  /** Whether something of a stage is known or has run. */
  private boolean isReached(StagePlan stage) {
    return decisions.isComplete(stage)
        || hasResult(stage)
        || new StageStart(folder(stage)).owner().equals(Optional.of(StageStart.Owner.STAGE));
  }

  private int completed(StagePlan stage) {
    if (decisions.isComplete(stage) || hasResult(stage)) {
      return stage.steps().size();
    }
    var count = decisions.knownSteps(stage);
    while (Files.exists(folder(stage).resolve(Workspace.step(count)))) {
      count++;
    }
    return count;
  }

  private boolean hasResult(StagePlan stage) {
    return Files.exists(folder(stage).resolve(Workspace.RESULT));
  }

  private Path folder(StagePlan stage) {
    return workspace.resolve(Workspace.stage(stage.id()));
  }

  private void record(List<LatestRecord.Stage> stages) {
    if (decisions
        .latest()
        .filter(latest -> steps(latest.stages()).equals(steps(stages)))
        .isEmpty()) {
      var now = clock.instant().getEpochSecond();
      recorder.recordLatest(LatestKey.of(request), new LatestRecord(request.build(), now, stages));
    }
  }

  /** What identifies a step: details of its inputs may be known to one of two equal builds only. */
  private record Step(CacheKey key, boolean isCompleted) {}

  private static List<Step> steps(List<LatestRecord.Stage> stages) {
    return stages.stream()
        .flatMap(stage -> stage.steps().stream())
        .map(step -> new Step(step.key().key(), step.isCompleted()))
        .toList();
  }
}
