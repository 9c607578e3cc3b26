package dev.stagewright.kubectl.chart;

import dev.stagewright.api.v1alpha1.BuildFailure;
import dev.stagewright.api.v1alpha1.BuildPhase;
import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.api.v1alpha1.KubernetesDuration;
import dev.stagewright.kubectl.chart.TextTable.Cell;
import dev.stagewright.kubectl.terminal.Ansi;
import dev.stagewright.kubectl.terminal.Ansi.Style;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A table of builds, newest first.
 *
 * @param now the current time
 */
public record BuildTable(Ansi ansi, Instant now) {

  /** Returns the table; each line ends with a line feed. */
  public String draw(List<ImageBuild> builds) {
    var rows = new ArrayList<List<Cell>>();
    rows.add(
        List.of("BUILD", "PHASE", "STAGES", "TIME", "AGE", "IMAGE", "REASON").stream()
            .map(Cell::of)
            .toList());
    builds.stream()
        .sorted(Comparator.comparing(BuildTable::created).reversed())
        .map(this::row)
        .forEach(rows::add);
    return new TextTable(rows)
        .lines().stream().map(line -> line + "\n").collect(Collectors.joining());
  }

  private List<Cell> row(ImageBuild build) {
    var status = Optional.ofNullable(build.getStatus());
    var phase = status.flatMap(it -> Optional.ofNullable(it.phase()));
    return List.of(
        Cell.of(ansi, Style.BOLD, build.getMetadata().getName()),
        Cell.of(
            ansi,
            Summary.style(phase.orElse(BuildPhase.Pending)),
            phase.map(BuildPhase::name).orElse("-")),
        Cell.of(status.flatMap(it -> Optional.ofNullable(it.progress())).orElse("")),
        Cell.right(status.flatMap(it -> BuildView.duration(it, now)).orElse("")),
        Cell.right(KubernetesDuration.format(Duration.between(created(build), now))),
        Cell.of(Objects.toString(build.getSpec().output().image(), "")),
        Cell.of(
            status
                .flatMap(it -> Optional.ofNullable(it.failure()))
                .map(BuildFailure::reason)
                .orElse("")));
  }

  private static Instant created(ImageBuild build) {
    return Instant.parse(build.getMetadata().getCreationTimestamp());
  }
}
