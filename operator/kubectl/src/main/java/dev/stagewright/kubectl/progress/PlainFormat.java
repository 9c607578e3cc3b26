package dev.stagewright.kubectl.progress;

import dev.stagewright.analysis.size.DataSize;
import dev.stagewright.kubectl.progress.ProgressEvent.Ended;
import dev.stagewright.kubectl.progress.ProgressEvent.Finished;
import dev.stagewright.kubectl.progress.ProgressEvent.Logged;
import dev.stagewright.kubectl.progress.ProgressEvent.Noticed;
import dev.stagewright.kubectl.progress.ProgressEvent.PhaseStarted;
import dev.stagewright.kubectl.progress.ProgressEvent.StagesEnded;
import dev.stagewright.kubectl.progress.ProgressEvent.Started;
import dev.stagewright.kubectl.progress.ProgressEvent.Transferred;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The format of {@code --progress plain}, as in BuildKit: every line starts with the number of its
 * step, and the title of the step is repeated when its output continues after that of another one.
 */
final class PlainFormat implements ProgressFormat {
  private static final Duration TRANSFER_INTERVAL = Duration.ofSeconds(1);

  private final Map<Integer, Duration> transfers = new HashMap<>();
  private Optional<Step> shown = Optional.empty();

  @Override
  public List<String> format(ProgressEvent event) {
    return switch (event) {
      case PhaseStarted _, StagesEnded _ -> List.of();
      case Started(var step) -> lines(step);
      case Logged(var step, var after, var text) -> lines(step, Seconds.millis(after) + " " + text);
      case Transferred(var step, var after, var bytes, var total) -> {
        var isLast = total.isPresent() && bytes >= total.getAsLong();
        yield isLast || isDue(step, after)
            ? lines(
                step,
                Seconds.millis(after)
                    + " sent "
                    + new DataSize(bytes)
                    + (total.isPresent() ? " of " + new DataSize(total.getAsLong()) : ""))
            : List.of();
      }
      case Ended(var step, var outcome, var took, var message) -> end(step, outcome, took, message);
      case Noticed(var task, var text) -> {
        var lines = pause();
        lines.add(task.map(it -> "[" + it + "] ").orElse("") + text);
        yield lines;
      }
      case Finished(_, var status, _) -> {
        var report = new FailureReport(status).lines();
        var lines = report.isEmpty() ? new ArrayList<String>() : pause();
        lines.addAll(report);
        yield lines;
      }
    };
  }

  private boolean isDue(Step step, Duration after) {
    var last = transfers.getOrDefault(step.number(), Duration.ZERO);
    if (after.minus(last).compareTo(TRANSFER_INTERVAL) < 0) {
      return false;
    }
    transfers.put(step.number(), after);
    return true;
  }

  private List<String> end(Step step, StepOutcome outcome, Duration took, String message) {
    var lines =
        lines(
            step,
            switch (outcome) {
              case DONE -> "DONE " + Seconds.tenths(took);
              case CACHED -> "CACHED";
              case CANCELLED -> message.isEmpty() ? "CANCELED" : "CANCELED: " + message;
              case ERROR ->
                  message.isEmpty() ? "ERROR" : "ERROR: " + message.lines().findFirst().orElse("");
            });
    shown = Optional.empty();
    return lines;
  }

  /** Lines of a step, after its title if the lines before belong to something else. */
  private List<String> lines(Step step, String... texts) {
    var lines = new ArrayList<String>();
    if (!shown.equals(Optional.of(step))) {
      lines.addAll(pause());
      lines.add("#" + step.number() + " " + step.title());
      shown = Optional.of(step);
    }
    for (var text : texts) {
      lines.add("#" + step.number() + " " + text);
    }
    return lines;
  }

  /** A blank line, if another step has not ended. */
  private List<String> pause() {
    var lines = new ArrayList<String>();
    if (shown.isPresent()) {
      lines.add("");
    }
    shown = Optional.empty();
    return lines;
  }
}
