package dev.stagewright.kubectl.progress;

import dev.stagewright.analysis.size.DataSize;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What a terminal shows of one task: its latest step. */
final class TaskLine {
  private static final int MOST_LOG_LINES = 6;

  private final String task;
  private final Deque<String> log = new ArrayDeque<>();
  private Optional<Step> step = Optional.empty();
  private Optional<StepOutcome> outcome = Optional.empty();
  private Optional<Transfer> transfer = Optional.empty();
  private String notice = "";
  private Duration started = Duration.ZERO;
  private Duration took = Duration.ZERO;
  private int layers;

  TaskLine(String task) {
    this.task = task;
  }

  /** Bytes that were sent, and how many there are, if that is known. */
  record Transfer(long bytes, OptionalLong total) {
    String text() {
      return new DataSize(bytes)
          + (total.isPresent() ? " of " + new DataSize(total.getAsLong()) : "");
    }

    /** The part that was sent, from 0 to 1; empty if the size is not known. */
    Optional<Double> fraction() {
      return total.isPresent() && total.getAsLong() > 0
          ? Optional.of(Math.clamp((double) bytes / total.getAsLong(), 0, 1))
          : Optional.empty();
    }
  }

  void start(Step next, Duration now) {
    step = Optional.of(next);
    outcome = Optional.empty();
    started = now;
    took = Duration.ZERO;
    notice = "";
    log.clear();
  }

  void end(StepOutcome how, Duration duration) {
    outcome = Optional.of(how);
    took = duration;
  }

  void log(String text) {
    if (isPublish() && isLayer(text)) {
      layers++;
    }
    if (!text.isBlank()) {
      log.addLast(text);
      if (log.size() > MOST_LOG_LINES) {
        log.removeFirst();
      }
    }
  }

  private boolean isPublish() {
    return task.equals(StepRecorder.PUBLISH);
  }

  /** Publish prints a line for each layer that a repository has. */
  private static boolean isLayer(String text) {
    return text.endsWith(": uploaded")
        || text.endsWith(": mounted")
        || text.endsWith(": already exists");
  }

  void transfer(Transfer value) {
    transfer = Optional.of(value);
  }

  void notice(String text) {
    notice = text;
  }

  /** What is shown after the arrow. */
  String title() {
    var title = step.map(Step::title).orElse("[" + task + "]");
    var cached = outcome.equals(Optional.of(StepOutcome.CACHED)) ? "CACHED " : "";
    var canceled = outcome.equals(Optional.of(StepOutcome.CANCELLED)) ? "CANCELED " : "";
    var error = outcome.equals(Optional.of(StepOutcome.ERROR)) ? "ERROR " : "";
    var details =
        transfer.map(Transfer::text).orElse("")
            + (layers == 0 ? "" : layers == 1 ? "1 layer" : layers + " layers");
    return cached
        + canceled
        + error
        + title
        + (details.isEmpty() ? "" : " " + details)
        + (isRunning() || notice.isEmpty() ? "" : " " + notice);
  }

  /** The part of the data that was sent, while it is sent. */
  Optional<Double> fraction() {
    return isRunning() ? transfer.flatMap(Transfer::fraction) : Optional.empty();
  }

  boolean isRunning() {
    return step.isPresent() && outcome.isEmpty();
  }

  boolean hasEnded() {
    return outcome.isPresent() && notice.isEmpty();
  }

  Optional<StepOutcome> outcome() {
    return outcome;
  }

  /** The time since the start of the step, or the time that it took; empty if none has started. */
  Optional<Duration> time(Duration now) {
    return step.isEmpty()
        ? Optional.empty()
        : Optional.of(outcome.isPresent() ? took : now.minus(started));
  }

  /** The last lines of the log of the step that runs. */
  List<String> log() {
    return isRunning() ? List.copyOf(log) : List.of();
  }
}
