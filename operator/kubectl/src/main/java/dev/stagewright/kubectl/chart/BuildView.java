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
 * All that {@code get} shows of a build.
 *
 * @param terminal for which it is drawn
 * @param now the time
 */
public record BuildView(Terminal terminal, Instant now) {

  /** The text, each line with its end. */
  public String draw(ImageBuild build, Evidence evidence) {
    var lines = new ArrayList<String>();
    var status = Optional.ofNullable(build.getStatus()).filter(it -> it.phase() != null);
    lines.addAll(new Headline(terminal.ink(), now).lines(build, status));
    status.ifPresent(it -> {
      Milestones.of(it, now).ifPresent(times -> lines.addAll(chart(it, evidence, times)));
      lines.addAll(new Remarks(terminal.ink(), glyphs()).lines(it));
    });
    return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
  }

  private Glyphs glyphs() {
    return terminal.unicode() ? Glyphs.UNICODE : Glyphs.ASCII;
  }

  private List<String> chart(ImageBuildStatus status, Evidence evidence, Milestones times) {
    var schedule = new Schedule(status, evidence, times);
    var lines = new ArrayList<String>();
    lines.add("");
    lines.addAll(
        new Chart(terminal, glyphs(), times)
            .lines(schedule.prepare(), schedule.stages(), schedule.push().stream().toList()));
    if (status.phase() == BuildPhase.Succeeded) {
      lines.add("");
      lines.add(path(new CriticalPath(status, evidence, times)));
    }
    return lines;
  }

  private String path(CriticalPath path) {
    return path.links().stream()
        .map(link -> link.name() + " " + KubernetesDuration.format(link.share()))
        .collect(Collectors.joining(" " + glyphs().arrow() + " ", "critical path  ", ""));
  }

  /** The sentence of the condition Ready; empty where there is none. */
  static String sentence(ImageBuildStatus status) {
    return status.conditions().stream()
        .filter(condition -> condition.type() == ConditionType.Ready)
        .map(condition -> condition.message())
        .findFirst()
        .orElse("");
  }

  /** How long a run took, or has taken. */
  static Optional<String> duration(ImageBuildStatus status, Instant now) {
    return Optional.ofNullable(status.duration())
        .or(() ->
            Optional.ofNullable(status.startTime())
                .map(Instant::parse)
                .map(start -> Duration.between(start, now.isBefore(start) ? start : now))
                .map(KubernetesDuration::format));
  }
}
