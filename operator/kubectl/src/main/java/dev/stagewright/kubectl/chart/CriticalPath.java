package dev.stagewright.kubectl.chart;

import dev.stagewright.api.v1alpha1.ImageBuildStatus;
import dev.stagewright.api.v1alpha1.StageStatus;
import dev.stagewright.api.v1alpha1.StageStatus.Cached;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The critical path of a run: the tasks that determine its duration. Each of these tasks started or
 * continued when the previous one was complete.
 */
record CriticalPath(ImageBuildStatus status, RunDetails details, PhaseTimes times) {

  /**
   * A segment of the path.
   *
   * @param name name of the task
   * @param duration time from the end of the previous task to the end of this one
   */
  record Segment(String name, Duration duration) {}

  /** The path from prepare to push; empty if stages of the run are not complete. */
  List<Segment> segments() {
    if (times.prepared().isEmpty() || times.built().isEmpty()) {
      return List.of();
    }
    var segments = new ArrayDeque<Segment>();
    var visited = new HashSet<String>();
    var stage = lastToEnd(status.stages());
    var end = stage.isPresent() ? times.clamp(times.built().get()) : prepared();
    segments.add(new Segment("publish", between(end, times.end())));
    while (stage.isPresent() && visited.add(stage.get().id())) {
      var predecessor = lastToEnd(awaitedStages(stage.get(), visited));
      var start = predecessor.flatMap(this::end).orElse(prepared());
      segments.addFirst(new Segment(stage.get().name(), between(start, end)));
      end = start;
      stage = predecessor;
    }
    segments.addFirst(new Segment("prepare", between(times.start(), prepared())));
    return List.copyOf(segments);
  }

  private List<StageStatus> awaitedStages(StageStatus stage, Set<String> visited) {
    var names = details.awaitedStages(status, stage);
    return status.stages().stream()
        .filter(other -> names.contains(other.name()) && !visited.contains(other.id()))
        .filter(other -> end(other).filter(end -> end.isAfter(prepared())).isPresent())
        .toList();
  }

  private Optional<StageStatus> lastToEnd(List<StageStatus> stages) {
    return stages.stream()
        .filter(stage -> end(stage).isPresent())
        .max(Comparator.comparing(stage -> end(stage).orElseThrow()));
  }

  private Instant prepared() {
    return times.prepared().map(times::clamp).orElse(times.start());
  }

  /** The end of a stage; empty for one that did not run, because it is cached. */
  private Optional<Instant> end(StageStatus stage) {
    return Optional.ofNullable(stage.completionTime())
        .filter(_ -> stage.cached() != Cached.All)
        .map(Instant::parse)
        .map(times::clamp);
  }

  private static Duration between(Instant from, Instant to) {
    return from.isBefore(to) ? Duration.between(from, to) : Duration.ZERO;
  }
}
