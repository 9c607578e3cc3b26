package dev.stagewright.kubectl.chart;

import dev.stagewright.analysis.report.ReportStage;
import dev.stagewright.analysis.report.ReportStage.Cached;
import dev.stagewright.analysis.report.ReportStage.Kind;
import dev.stagewright.analysis.report.ReportStage.Times;
import dev.stagewright.api.v1alpha1.ImageBuildStatus;
import dev.stagewright.api.v1alpha1.StageStatus;
import dev.stagewright.api.v1alpha1.StageStatus.RunsIn;
import dev.stagewright.protocol.BuildPlan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Converts the tasks of a run to the form of reports.
 *
 * @param status of the build
 * @param plan has the dependencies of stages; without it, only the base of a stage is known
 */
public record ReportStages(ImageBuildStatus status, Optional<BuildPlan> plan) {
  /** IDs of images that {@code COPY --from} names begin with it. */
  private static final String IMAGE = "i";

  /** Prepare, the stages, and publish; empty if the run has not started. */
  public List<ReportStage> list() {
    // A run that has ended does not need the current time.
    var times = PhaseTimes.of(status, Instant.EPOCH);
    return times.map(this::list).orElse(List.of());
  }

  private List<ReportStage> list(PhaseTimes times) {
    var tasks = new ArrayList<ReportStage>();
    times
        .prepared()
        .map(times::clamp)
        .ifPresent(end -> tasks.add(task("prepare", Kind.PREPARE, times.start(), end)));
    status.stages().forEach(stage -> tasks.add(stage(stage, times)));
    times
        .built()
        .map(times::clamp)
        .ifPresent(start -> tasks.add(task("publish", Kind.PUBLISH, start, times.end())));
    return List.copyOf(tasks);
  }

  private static ReportStage task(String name, Kind kind, Instant start, Instant end) {
    return new ReportStage(
        name, kind, Optional.of(times(start, end)), Cached.UNKNOWN, Optional.empty(), List.of());
  }

  private static Times times(Instant start, Instant end) {
    return new Times(start.toString(), (end.isBefore(start) ? start : end).toString());
  }

  private ReportStage stage(StageStatus stage, PhaseTimes times) {
    var start = Optional.ofNullable(stage.startTime()).map(Instant::parse).map(times::clamp);
    var end =
        Optional.ofNullable(stage.completionTime())
            .map(Instant::parse)
            .map(times::clamp)
            .orElse(times.end());
    return new ReportStage(
        stage.name(),
        kind(stage),
        start.map(from -> times(from, end)),
        cached(stage),
        where(stage),
        new RunDetails(plan, Map.of()).dependencies(status, stage));
  }

  private static Kind kind(StageStatus stage) {
    if (stage.id().startsWith(IMAGE)) {
      return Kind.IMAGE;
    }
    return stage.runsIn() == RunsIn.Worker ? Kind.WORKER_STAGE : Kind.STAGE;
  }

  private static Cached cached(StageStatus stage) {
    return switch (stage.cached()) {
      case null -> Cached.UNKNOWN;
      case None -> Cached.NONE;
      case Partial -> Cached.PARTIAL;
      case All -> Cached.ALL;
    };
  }

  private static Optional<String> where(StageStatus stage) {
    var shared = Optional.ofNullable(stage.sharesPodOf()).map(name -> "the Pod of " + name);
    return shared.or(() -> Optional.ofNullable(stage.node()));
  }
}
