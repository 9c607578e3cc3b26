package dev.stagewright.kubectl.progress;

import dev.stagewright.protocol.PrintableText;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;

/** Records the steps of all tasks as events. */
final class StepRecorder {
  static final String CONTEXT = "context";
  static final String PREPARE = "prepare";
  static final String PUBLISH = "publish";

  private static final Set<String> OTHER_TASKS = Set.of(CONTEXT, PREPARE, PUBLISH);

  /** Larger than the lines of people, smaller than what slows a terminal down. */
  private static final int LONGEST_LINE = 16 * 1024;

  private static final int LONGEST_MESSAGE = 4 * 1024;

  private final InstantSource clock;
  private final Map<String, TaskProgress> tasks = new LinkedHashMap<>();
  private final List<ProgressEvent> events = new ArrayList<>();
  private int steps;

  StepRecorder(InstantSource clock) {
    this.clock = clock;
  }

  /** The task with this ID; a new one gets the name. */
  TaskProgress task(String id, String name) {
    return tasks.computeIfAbsent(id, _ -> new TaskProgress(id, name));
  }

  /** The stage with this ID or this name. */
  Optional<TaskProgress> findStage(String idOrName) {
    return stages(TaskProgress::id, idOrName).or(() -> stages(TaskProgress::name, idOrName));
  }

  private Optional<TaskProgress> stages(Function<TaskProgress, String> property, String value) {
    return tasks.values().stream()
        .filter(task -> !OTHER_TASKS.contains(task.id()) && property.apply(task).equals(value))
        .findFirst();
  }

  /** Starts the only step of a task, unless it has started. */
  void startOnce(TaskProgress task, String description) {
    if (task.step().isEmpty()) {
      start(task, "[" + task.name() + "] " + description, 0);
    }
  }

  /** Ends the step that runs and starts another one. */
  void start(TaskProgress task, String title, int instruction) {
    end(task, StepOutcome.DONE, "");
    var step = new Step(++steps, task.name(), PrintableText.line(title, LONGEST_LINE));
    task.start(step, instruction, clock.instant());
    events.add(new ProgressEvent.Started(step));
  }

  /** Ends the step that runs, if there is one. */
  void end(TaskProgress task, StepOutcome outcome, String message) {
    end(task, outcome, message, task.since(clock.instant()));
  }

  /** Ends the step that runs, if there is one, which has taken this long. */
  void end(TaskProgress task, StepOutcome outcome, String message, Duration took) {
    if (task.isActive()) {
      task.end();
      task.step()
          .ifPresent(step ->
              events.add(
                  new ProgressEvent.Ended(
                      step, outcome, took, PrintableText.message(message, LONGEST_MESSAGE))));
    }
  }

  /** Records a step that did not run, because the cache contains its result. */
  void cached(TaskProgress task, String description) {
    start(task, "[" + task.name() + "] " + description, task.instruction());
    end(task, StepOutcome.CACHED, "", Duration.ZERO);
  }

  void log(TaskProgress task, String line) {
    task.step()
        .ifPresent(step ->
            events.add(
                new ProgressEvent.Logged(
                    step, task.since(clock.instant()), PrintableText.line(line, LONGEST_LINE))));
  }

  void transferred(TaskProgress task, long bytes, OptionalLong total) {
    task.step()
        .ifPresent(step ->
            events.add(
                new ProgressEvent.Transferred(step, task.since(clock.instant()), bytes, total)));
  }

  void add(ProgressEvent event) {
    events.add(event);
  }

  /** Forgets the tasks of a run, but not that the build context was sent. */
  void startRun() {
    tasks.values().forEach(task -> end(task, StepOutcome.CANCELLED, "another run has started"));
    tasks.keySet().removeIf(id -> !id.equals(CONTEXT));
  }

  /** Ends all steps that run. */
  void endAll(StepOutcome outcome) {
    tasks.values().forEach(task -> end(task, outcome, ""));
  }

  /** Returns the events since the last call. */
  List<ProgressEvent> take() {
    var taken = List.copyOf(events);
    events.clear();
    return taken;
  }
}
