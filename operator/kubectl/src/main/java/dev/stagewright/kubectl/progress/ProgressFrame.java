package dev.stagewright.kubectl.progress;

import dev.stagewright.kubectl.progress.ProgressEvent.Ended;
import dev.stagewright.kubectl.progress.ProgressEvent.Finished;
import dev.stagewright.kubectl.progress.ProgressEvent.Logged;
import dev.stagewright.kubectl.progress.ProgressEvent.Noticed;
import dev.stagewright.kubectl.progress.ProgressEvent.PhaseStarted;
import dev.stagewright.kubectl.progress.ProgressEvent.StagesEnded;
import dev.stagewright.kubectl.progress.ProgressEvent.Started;
import dev.stagewright.kubectl.progress.ProgressEvent.Transferred;
import dev.stagewright.kubectl.progress.TaskLine.Transfer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a terminal shows of a build: the state that the events lead to. */
final class ProgressFrame {
  private final Map<String, TaskLine> tasks = new LinkedHashMap<>();
  private String build = "";
  private String phase = "";
  private String notice = "";
  private long run;
  private int stagesEnded;
  private int stages;
  private Optional<Finished> end = Optional.empty();

  /**
   * Changes the frame.
   *
   * @param now time since the start of the display
   */
  void apply(ProgressEvent event, Duration now) {
    switch (event) {
      case PhaseStarted started -> startPhase(started);
      case StagesEnded(var ended, var total) -> {
        stagesEnded = ended;
        stages = total;
      }
      case Started(var step) -> task(step.task()).start(step, now);
      case Logged(var step, _, var text) -> task(step.task()).log(text);
      case Transferred(var step, _, var bytes, var total) ->
          task(step.task()).transfer(new Transfer(bytes, total));
      case Ended(var step, var outcome, var took, _) -> task(step.task()).end(outcome, took);
      case Noticed(var task, var text) ->
          task.map(this::task).ifPresentOrElse(line -> line.notice(text), () -> notice = text);
      case Finished finished -> end = Optional.of(finished);
    }
  }

  private void startPhase(PhaseStarted started) {
    if (run != 0 && run != started.run()) {
      tasks.clear();
      end = Optional.empty();
    }
    run = started.run();
    build = started.build();
    phase = started.phase().name();
    notice = "";
  }

  private TaskLine task(String name) {
    return tasks.computeIfAbsent(name, TaskLine::new);
  }

  /** The first line. */
  String title(Duration now) {
    var time = Seconds.tenths(end.map(Finished::took).orElse(now));
    var ended = stages == 0 ? "" : " (" + stagesEnded + "/" + stages + ")";
    return build.isEmpty()
        ? "[+] Waiting " + time
        : "[+] " + build + " " + phase + " " + time + ended;
  }

  /** Why the build waits; otherwise empty. */
  String notice() {
    return notice;
  }

  List<TaskLine> tasks() {
    return List.copyOf(tasks.values());
  }

  /** The lines about the failure, after the build has failed. */
  List<String> failure() {
    return end.map(it -> new FailureReport(it.status()).lines()).orElse(List.of());
  }
}
