package dev.stagewright.kubectl.chart;

import dev.stagewright.api.v1alpha1.ImageBuildStatus;
import dev.stagewright.api.v1alpha1.StageStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The parts that a run's time is made of: each began, or went on, when the one before was done. To
 * make the run faster, one of these must be.
 */
record CriticalPath(ImageBuildStatus status, Evidence evidence, Milestones times) {

  /**
   * A part of it.
   *
   * @param share from the end of the part before to its own
   */
  record Link(String name, Duration share) {}

  /** From prepare to push; empty for a run whose stages are not done. */
  List<Link> links() {
    if (times.prepared().isEmpty() || times.built().isEmpty()) {
      return List.of();
    }
    var links = new ArrayDeque<Link>();
    var seen = new HashSet<String>();
    var end = times.within(times.built().get());
    links.add(new Link("push", Duration.between(end, times.end())));
    var stage = lastToEnd(status.stages());
    while (stage.isPresent() && seen.add(stage.get().id())) {
      var before = lastToEnd(awaited(stage.get(), seen));
      var since = before.flatMap(this::end).orElse(prepared());
      links.addFirst(new Link(stage.get().name(), between(since, end)));
      end = since;
      stage = before;
    }
    links.addFirst(new Link("prepare", between(times.start(), prepared())));
    return List.copyOf(links);
  }

  private List<StageStatus> awaited(StageStatus stage, Set<String> seen) {
    var names = evidence.awaited(status, stage);
    return status.stages().stream()
        .filter(other -> names.contains(other.name()) && !seen.contains(other.id()))
        .filter(other -> end(other).filter(end -> end.isAfter(prepared())).isPresent())
        .toList();
  }

  private Optional<StageStatus> lastToEnd(List<StageStatus> stages) {
    return stages.stream()
        .filter(stage -> end(stage).isPresent())
        .max(Comparator.comparing(stage -> end(stage).orElseThrow()));
  }

  private Instant prepared() {
    return times.prepared().map(times::within).orElse(times.start());
  }

  private Optional<Instant> end(StageStatus stage) {
    return Optional.ofNullable(stage.completionTime()).map(Instant::parse).map(times::within);
  }

  private static Duration between(Instant from, Instant to) {
    return from.isBefore(to) ? Duration.between(from, to) : Duration.ZERO;
  }
}
