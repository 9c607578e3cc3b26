package dev.stagewright.worker.publish;

import dev.stagewright.protocol.BuildFailedException;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.StagePlan;
import dev.stagewright.protocol.StageResult;
import dev.stagewright.protocol.Termination;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Waits for the results of all stages of a plan, and runs the stages that have no Pod.
 *
 * @param plan the plan
 * @param results the results on the workspace
 * @param files waits for the results of stages in Pods
 * @param runner runs the other stages
 * @param cache decides which of them have to run
 * @param listener receives each result as soon as it exists
 */
record StageArrivals(
    BuildPlan plan,
    StageResults results,
    FileAwaiter files,
    WorkerStageRunner runner,
    BuildCache cache,
    Listener listener) {

  /** Receives the results of stages; called by several threads. */
  @FunctionalInterface
  interface Listener {
    /**
     * Receives a result.
     *
     * @param staged the outcome of a stage that ran in this process; empty for other stages
     */
    void arrived(StagePlan stage, StageResult result, Optional<Termination.Staged> staged);

    /** Returns a listener that also calls another one, afterwards. */
    default Listener and(Listener other) {
      return (stage, result, staged) -> {
        arrived(stage, result, staged);
        other.arrived(stage, result, staged);
      };
    }
  }

  /**
   * Waits until all stages of the plan have a result.
   *
   * @throws BuildFailedException if a stage in this process fails, or a result cannot be read
   */
  void await(TaskScope tasks) throws IOException, InterruptedException {
    var awaited = new LinkedHashMap<Path, StagePlan>();
    var running = new ArrayList<CompletableFuture<StagePlan>>();
    for (var stage : plan.stages()) {
      if (stage.runsInWorker() && !hasResult(stage)) {
        running.add(tasks.startOnPlatformThread(() -> run(stage)));
      } else {
        awaited.put(results.file(stage), stage);
      }
    }
    awaitFiles(awaited);
    for (var stage : running) {
      var _ = tasks.await(stage);
    }
  }

  private boolean hasResult(StagePlan stage) {
    return !FileAwaiter.existing(List.of(results.file(stage))).isEmpty();
  }

  private StagePlan run(StagePlan stage) throws IOException, InterruptedException {
    var staged =
        cache.mustRun(stage)
            ? Optional.of(runner.run(plan, stage))
            : Optional.<Termination.Staged>empty();
    listener.arrived(stage, results.read(stage), staged);
    return stage;
  }

  private void awaitFiles(Map<Path, StagePlan> awaited) throws IOException, InterruptedException {
    while (!awaited.isEmpty()) {
      for (var file : files.awaitAny(awaited.keySet())) {
        var stage = Optional.ofNullable(awaited.remove(file)).orElseThrow();
        listener.arrived(stage, results.read(stage), Optional.empty());
      }
    }
  }
}
