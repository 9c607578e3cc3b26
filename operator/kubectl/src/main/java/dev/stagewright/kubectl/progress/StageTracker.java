package dev.stagewright.kubectl.progress;

import dev.stagewright.api.v1alpha1.ImageBuildStatus;
import dev.stagewright.api.v1alpha1.StageStatus;
import dev.stagewright.api.v1alpha1.StageStatus.Cached;
import dev.stagewright.api.v1alpha1.StageStatus.StagePhase;
import dev.stagewright.protocol.StepMarker;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * Converts the statuses of stages and the markers in their logs to steps.
 *
 * <p>The status is up to a second later than the log: as soon as the log of a stage has announced a
 * step, steps in its status are ignored.
 */
record StageTracker(StepRecorder steps) {

  void show(StageStatus stage, ImageBuildStatus status) {
    var task = steps.findStage(stage.name()).orElseGet(() -> steps.task(stage.id(), stage.name()));
    restartInNewPod(task, stage, status);
    showCachedSteps(task, stage);
    switch (stage.phase()) {
      case Waiting, Pending -> {}
      case Running -> showStep(task, stage);
      case Succeeded -> end(task, stage, StepOutcome.DONE);
      case Failed -> end(task, stage, StepOutcome.ERROR);
      case Cancelled -> {
        if (task.isActive()) {
          steps.end(task, StepOutcome.CANCELLED, "");
        }
      }
    }
  }

  /** Starts the step of a marker; it is the first line of the step's log. */
  void show(TaskProgress task, StepMarker marker) {
    if (!task.followsLog() && marker.number() < task.instruction()) {
      // The log is read from its start, and the status has shown a later step.
      return;
    }
    task.followLog();
    if (task.instruction() != marker.number()) {
      steps.start(task, marker.toString(), marker.number());
    }
  }

  private void restartInNewPod(TaskProgress task, StageStatus stage, ImageBuildStatus status) {
    var attempt = status.attempts().getOrDefault(stage.id(), 1);
    if (attempt > task.attempt()) {
      steps.end(task, StepOutcome.CANCELLED, "the Pod was replaced");
      task.restart(attempt);
    }
  }

  private void showCachedSteps(TaskProgress task, StageStatus stage) {
    var cache = stage.cache();
    if (cache == null || cache.cachedSteps() == 0 || task.isActive() || !task.takeCacheShown()) {
      return;
    }
    var count =
        stage.cached() == Cached.All
            ? cache.steps() == 1 ? "1 step" : cache.steps() + " steps"
            : cache.cachedSteps() + " of " + cache.steps() + " steps";
    steps.cached(task, count);
  }

  private void showStep(TaskProgress task, StageStatus stage) {
    if (task.followsLog()) {
      return;
    }
    var marker =
        Optional.ofNullable(stage.step())
            .flatMap(step -> parse(stage.name(), step))
            .filter(it -> it.number() > task.instruction());
    marker.ifPresent(it -> steps.start(task, it.toString(), it.number()));
  }

  private static Optional<StepMarker> parse(String stage, String step) {
    var space = step.indexOf(' ');
    return space < 0
        ? Optional.empty()
        : StepMarker.parse(
            "[%s %s] %s".formatted(stage, step.substring(0, space), step.substring(space + 1)));
  }

  private void end(TaskProgress task, StageStatus stage, StepOutcome outcome) {
    var message = outcome == StepOutcome.ERROR ? Objects.toString(stage.message(), "") : "";
    if (task.isActive()) {
      showStep(task, stage);
      steps.end(task, outcome, message);
    } else if (task.instruction() == 0 && !isCached(stage)) {
      // All of it happened before this display has started, or between two states.
      showStep(task, stage);
      if (!task.isActive()) {
        steps.start(task, "[" + stage.name() + "]", 0);
      }
      steps.end(task, outcome, message, duration(stage));
    }
  }

  private static boolean isCached(StageStatus stage) {
    return stage.cached() == Cached.All
        && stage.startTime() == null
        && stage.phase() == StagePhase.Succeeded;
  }

  private static Duration duration(StageStatus stage) {
    return stage.startTime() == null || stage.completionTime() == null
        ? Duration.ZERO
        : Duration.between(Instant.parse(stage.startTime()), Instant.parse(stage.completionTime()));
  }
}
