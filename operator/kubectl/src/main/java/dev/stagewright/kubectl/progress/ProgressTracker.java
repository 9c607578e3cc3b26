package dev.stagewright.kubectl.progress;

import dev.stagewright.api.v1alpha1.BuildCondition.ConditionStatus;
import dev.stagewright.api.v1alpha1.BuildCondition.ConditionType;
import dev.stagewright.api.v1alpha1.BuildPhase;
import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.api.v1alpha1.ImageBuildStatus;
import dev.stagewright.api.v1alpha1.StageStatus.StagePhase;
import dev.stagewright.kubectl.logs.WaitReporter;
import dev.stagewright.protocol.LogFrame;
import dev.stagewright.protocol.StepMarker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Converts the states of a build, its logs, and the upload of its context to events. */
final class ProgressTracker {
  /** A line of a stage that runs in the container of publish. */
  private static final Pattern NAMED = Pattern.compile("\\[([^]\\s]+)] (.*)", Pattern.DOTALL);

  private final InstantSource clock;
  private final Instant start;
  private final StepRecorder steps;
  private final StageTracker stages;
  private final Map<String, TaskProgress> stageOfPod = new HashMap<>();
  private WaitReporter waits = new WaitReporter();
  private String image = "the image";
  private Optional<Long> run = Optional.empty();
  private Optional<BuildPhase> phase = Optional.empty();
  private ProgressEvent.StagesEnded stagesEnded = new ProgressEvent.StagesEnded(0, 0);

  ProgressTracker(InstantSource clock) {
    this.clock = clock;
    this.start = clock.instant();
    this.steps = new StepRecorder(clock);
    this.stages = new StageTracker(steps);
  }

  /** The time since the start of the display. */
  Duration elapsed() {
    var now = clock.instant();
    return now.isBefore(start) ? Duration.ZERO : Duration.between(start, now);
  }

  /** Returns what has happened since the last state. */
  List<ProgressEvent> show(ImageBuild build) {
    image = build.getSpec().output().image();
    var status =
        Optional.ofNullable(build.getStatus())
            .filter(it -> it.phase() != null)
            .filter(it -> !it.hasEnded() || it.isUpToDate(build.getMetadata()));
    status.ifPresent(this::startRun);
    // The log of prepare says so, too, and the client that sends the source shows its upload.
    waits.newNotices(status).stream()
        .filter(notice -> !notice.reason().equals(ImageBuildStatus.WAITING_FOR_SOURCE))
        .forEach(notice -> steps.add(new ProgressEvent.Noticed(notice.task(), notice.text())));
    status.ifPresent(it -> show(build.getMetadata().getName(), it));
    return steps.take();
  }

  private void startRun(ImageBuildStatus status) {
    if (run.isPresent() && run.get() != status.runNumber()) {
      steps.startRun();
      stageOfPod.clear();
      waits = new WaitReporter();
      phase = Optional.empty();
    }
    run = Optional.of(status.runNumber());
  }

  private void show(String name, ImageBuildStatus status) {
    var current = Optional.ofNullable(status.phase()).orElse(BuildPhase.Pending);
    if (phase.equals(Optional.of(current)) && current.isFinal()) {
      return;
    }
    if (!phase.equals(Optional.of(current))) {
      phase = Optional.of(current);
      steps.add(new ProgressEvent.PhaseStarted(name, status.runNumber(), current));
    }
    showPrepare(status, current);
    status.stages().forEach(stage -> stages.show(stage, status));
    showPublish(status, current);
    showStagesEnded(status);
    if (current.isFinal()) {
      steps.endAll(current == BuildPhase.Succeeded ? StepOutcome.DONE : StepOutcome.CANCELLED);
      steps.add(new ProgressEvent.Finished(name, status, elapsed()));
    }
  }

  private void showPrepare(ImageBuildStatus status, BuildPhase current) {
    if (current != BuildPhase.Pending && current != BuildPhase.Queued) {
      startPrepare();
    }
    var prepare = prepare();
    if (isPrepared(status)) {
      steps.end(steps.task(StepRecorder.CONTEXT, StepRecorder.CONTEXT), StepOutcome.DONE, "");
      steps.end(prepare, StepOutcome.DONE, "");
    } else if (current == BuildPhase.Failed) {
      steps.end(prepare, StepOutcome.ERROR, failure(status));
    }
  }

  private void showPublish(ImageBuildStatus status, BuildPhase current) {
    if (current == BuildPhase.Pushing) {
      startPublish();
    }
    if (current == BuildPhase.Succeeded) {
      startPublish();
      steps.end(publish(), StepOutcome.DONE, "");
    } else if (current == BuildPhase.Failed
        && status.failure() != null
        && status.failure().stage() == null
        && isPrepared(status)) {
      steps.end(publish(), StepOutcome.ERROR, failure(status));
    }
  }

  private void showStagesEnded(ImageBuildStatus status) {
    var ended =
        (int) status.stages().stream().filter(it -> it.phase() == StagePhase.Succeeded).count();
    var change = new ProgressEvent.StagesEnded(ended, status.stages().size());
    if (!change.equals(stagesEnded)) {
      stagesEnded = change;
      steps.add(change);
    }
  }

  private static boolean isPrepared(ImageBuildStatus status) {
    return status.conditions().stream()
        .anyMatch(condition ->
            condition.type() == ConditionType.Prepared
                && condition.status() == ConditionStatus.True);
  }

  private static String failure(ImageBuildStatus status) {
    return Optional.ofNullable(status.failure()).map(it -> it.message()).orElse("");
  }

  /** Returns what a line of a log says. */
  List<ProgressEvent> log(String task, String line) {
    if (task.isEmpty()) {
      steps.add(new ProgressEvent.Noticed(Optional.empty(), line));
    } else if (!LogFrame.isFrame(line)) {
      log(container(task), line);
    }
    return steps.take();
  }

  private TaskProgress container(String task) {
    return switch (task) {
      case StepRecorder.PREPARE -> {
        startPrepare();
        yield prepare();
      }
      case StepRecorder.PUBLISH -> publish();
      default -> steps.findStage(task).orElseGet(() -> steps.task(task, task));
    };
  }

  private void log(TaskProgress container, String line) {
    var isPublish = container.id().equals(StepRecorder.PUBLISH);
    var marker = StepMarker.parse(line);
    var stage = marker.flatMap(it -> steps.findStage(it.stage()));
    if (marker.isPresent() && (stage.isPresent() || !isPublish)) {
      var task = stage.orElse(container);
      stages.show(task, marker.get());
      if (!isPublish) {
        stageOfPod.put(container.id(), task);
      }
      return;
    }
    var named = NAMED.matcher(line);
    if (isPublish && named.matches() && steps.findStage(named.group(1)).isPresent()) {
      logStage(steps.findStage(named.group(1)).get(), named.group(2));
    } else if (isPublish) {
      startPublish();
      steps.log(container, line);
    } else {
      logStage(stageOfPod.getOrDefault(container.id(), container), line);
    }
  }

  /** A line before the first step, for example of the lookup in the cache, belongs to no step. */
  private void logStage(TaskProgress task, String line) {
    if (task.step().isEmpty()) {
      steps.add(new ProgressEvent.Noticed(Optional.of(task.name()), line));
    } else {
      steps.log(task, line);
    }
  }

  /** Returns what the transfer of the build context says. */
  List<ProgressEvent> upload(long sent, OptionalLong total) {
    var context = steps.task(StepRecorder.CONTEXT, StepRecorder.CONTEXT);
    steps.startOnce(context, "upload of the build context");
    if (context.isActive()) {
      steps.transferred(context, sent, total);
      if (total.isPresent() && sent >= total.getAsLong()) {
        steps.end(context, StepOutcome.DONE, "");
      }
    }
    return steps.take();
  }

  private TaskProgress prepare() {
    return steps.task(StepRecorder.PREPARE, StepRecorder.PREPARE);
  }

  private TaskProgress publish() {
    return steps.task(StepRecorder.PUBLISH, StepRecorder.PUBLISH);
  }

  private void startPrepare() {
    steps.startOnce(prepare(), "read the source and the Dockerfile");
  }

  private void startPublish() {
    steps.startOnce(publish(), "push " + image);
  }
}
