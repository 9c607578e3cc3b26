package dev.stagewright.kubectl.chart;

import dev.stagewright.api.v1alpha1.BuildPhase;
import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.api.v1alpha1.KubernetesDuration;
import dev.stagewright.kubectl.chart.Columns.Cell;
import dev.stagewright.kubectl.terminal.Ink;
import dev.stagewright.kubectl.terminal.Ink.Style;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Builds, one a line, the latest first.
 *
 * @param now the time
 */
public record BuildTable(Ink ink, Instant now) {

  /** The text, each line with its end. */
  public String draw(List<ImageBuild> builds) {
    var rows = new ArrayList<List<Cell>>();
    rows.add(
        List.of("BUILD", "PHASE", "STAGES", "TIME", "AGE", "IMAGE").stream()
            .map(Cell::of)
            .toList());
    builds.stream()
        .sorted(Comparator.comparing(BuildTable::created).reversed())
        .map(this::row)
        .forEach(rows::add);
    return new Columns(rows)
        .lines().stream().map(line -> line + "\n").collect(Collectors.joining());
  }

  private List<Cell> row(ImageBuild build) {
    var status = Optional.ofNullable(build.getStatus());
    var phase = status.flatMap(it -> Optional.ofNullable(it.phase()));
    return List.of(
        Cell.of(ink, Style.BOLD, build.getMetadata().getName()),
        Cell.of(
            ink,
            Headline.style(phase.orElse(BuildPhase.Pending)),
            phase.map(BuildPhase::name).orElse("-")),
        Cell.of(status.flatMap(it -> Optional.ofNullable(it.progress())).orElse("")),
        Cell.right(status.flatMap(it -> BuildView.duration(it, now)).orElse("")),
        Cell.right(KubernetesDuration.format(Duration.between(created(build), now))),
        Cell.of(Objects.toString(build.getSpec().output().image(), "")));
  }

  private static Instant created(ImageBuild build) {
    return Instant.parse(build.getMetadata().getCreationTimestamp());
  }
}
