package dev.stagewright.kubectl.chart;

import dev.stagewright.api.v1alpha1.BuildCondition.ConditionType;
import dev.stagewright.api.v1alpha1.BuildPhase;
import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.api.v1alpha1.ImageBuildStatus;
import dev.stagewright.api.v1alpha1.KubernetesDuration;
import dev.stagewright.kubectl.terminal.Terminal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The output of {@code get} for a build: summary, chart, critical path, and notes.
 *
 * @param terminal the terminal that shows the output
 * @param now the current time
 */
public record BuildView(Terminal terminal, Instant now) {

  /** Returns the output; each line ends with a line feed. */
  public String draw(ImageBuild build, RunDetails details) {
    var lines = new ArrayList<String>();
    var status = Optional.ofNullable(build.getStatus()).filter(it -> it.phase() != null);
    lines.addAll(new Summary(terminal.ansi(), now).lines(build, status));
    status.ifPresent(it -> {
      PhaseTimes.of(it, now).ifPresent(times -> lines.addAll(chart(it, details, times)));
      lines.addAll(new Notes(terminal.ansi(), symbols()).lines(it));
    });
    return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
  }

  private Symbols symbols() {
    return terminal.unicode() ? Symbols.UNICODE : Symbols.ASCII;
  }

  private List<String> chart(ImageBuildStatus status, RunDetails details, PhaseTimes times) {
    var timeline = new Timeline(status, details, times);
    var lines = new ArrayList<String>();
    lines.add("");
    lines.addAll(
        new GanttChart(terminal, symbols(), times)
            .lines(timeline.prepare(), timeline.stages(), timeline.push().stream().toList()));
    if (status.phase() == BuildPhase.Succeeded) {
      lines.add("");
      lines.add(criticalPath(new CriticalPath(status, details, times)));
    }
    return lines;
  }

  private String criticalPath(CriticalPath path) {
    return path.segments().stream()
        .map(segment -> segment.name() + " " + KubernetesDuration.format(segment.duration()))
        .collect(Collectors.joining(" " + symbols().arrow() + " ", "critical path  ", ""));
  }

  /** The message of the condition Ready; empty if there is no such condition. */
  static String readyMessage(ImageBuildStatus status) {
    return status.conditions().stream()
        .filter(condition -> condition.type() == ConditionType.Ready)
        .map(condition -> condition.message())
        .findFirst()
        .orElse("");
  }

  /** The duration of a finished run, or the time since the start of an active run. */
  static Optional<String> duration(ImageBuildStatus status, Instant now) {
    return Optional.ofNullable(status.duration())
        .or(() ->
            Optional.ofNullable(status.startTime())
                .map(Instant::parse)
                .map(start -> Duration.between(start, now.isBefore(start) ? start : now))
                .map(KubernetesDuration::format));
  }
}
