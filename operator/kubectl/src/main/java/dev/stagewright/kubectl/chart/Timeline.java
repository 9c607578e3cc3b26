package dev.stagewright.kubectl.chart;

import dev.stagewright.api.v1alpha1.BuildPhase;
import dev.stagewright.api.v1alpha1.ImageBuildStatus;
import dev.stagewright.api.v1alpha1.StageStatus;
import dev.stagewright.api.v1alpha1.StageStatus.Cached;
import dev.stagewright.kubectl.chart.ChartRow.State;
import dev.stagewright.kubectl.chart.Span.Kind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Converts the tasks of a run to rows of the chart. */
record Timeline(ImageBuildStatus status, RunDetails details, PhaseTimes times) {

  ChartRow prepare() {
    var end = times.prepared().map(times::clamp).orElse(times.end());
    var state = times.prepared().isPresent() ? State.DONE : unfinished(BuildPhase.Preparing);
    return taskRow("prepare", state, List.of(new Span(Kind.RUNNING, times.start(), end)));
  }

  List<ChartRow> stages() {
    return status.stages().stream().map(this::stageRow).toList();
  }

  /** The row of publish; empty until all stages are complete. */
  Optional<ChartRow> push() {
    return times
        .built()
        .map(times::clamp)
        .map(from ->
            taskRow(
                "publish",
                status.phase() == BuildPhase.Succeeded
                    ? State.DONE
                    : unfinished(BuildPhase.Pushing),
                List.of(new Span(Kind.RUNNING, from, times.end()))));
  }

  private State unfinished(BuildPhase own) {
    var phase = Optional.ofNullable(status.phase()).orElse(BuildPhase.Pending);
    return switch (phase) {
      case Failed -> State.FAILED;
      case Cancelled -> State.CANCELLED;
      default -> phase == own ? State.RUNNING : State.PENDING;
    };
  }

  private static ChartRow taskRow(String name, State state, List<Span> spans) {
    return new ChartRow(name, List.of(), state, spans, Optional.empty(), Optional.empty(), "");
  }

  private ChartRow stageRow(StageStatus stage) {
    var step = Optional.ofNullable(stage.step()).or(() -> waitingFor(stage)).orElse("");
    var detail =
        isCached(stage)
            ? "all steps cached"
            : step + CacheSummary.of(stage).map(cached -> " (" + cached + ")").orElse("");
    var shared = stage.sharesPodOf();
    return new ChartRow(
        stage.name(),
        details.dependencies(status, stage),
        state(stage),
        spans(stage),
        Optional.ofNullable(stage.node()),
        Optional.ofNullable(stage.size()),
        shared == null ? detail : detail + " (in the Pod of " + shared + ")");
  }

  /** The reason; if another build has to end first, the message, which has its name. */
  private static Optional<String> waitingFor(StageStatus stage) {
    return Optional.ofNullable(
        StageStatus.WAITS_FOR_BUILD.equals(stage.reason()) ? stage.message() : stage.reason());
  }

  private static State state(StageStatus stage) {
    return switch (stage.phase()) {
      case Waiting -> State.WAITING;
      case Pending -> State.PENDING;
      case Running -> State.RUNNING;
      case Succeeded -> isCached(stage) ? State.CACHED : State.DONE;
      case Failed -> State.FAILED;
      case Cancelled -> State.CANCELLED;
    };
  }

  private static boolean isCached(StageStatus stage) {
    return stage.cached() == Cached.All && stage.startTime() == null;
  }

  private List<Span> spans(StageStatus stage) {
    if (isCached(stage)) {
      return List.of();
    }
    var spans = new ArrayList<Span>();
    var from = times.prepared().map(times::clamp).orElse(times.start());
    var started = time(stage.startTime());
    var ended = time(stage.completionTime()).orElse(times.end());
    if (started.isEmpty()) {
      spans.add(new Span(Kind.PENDING, from, times.end()));
      return spans;
    }
    var start = latest(from, started.get());
    if (from.isBefore(start)) {
      spans.add(new Span(Kind.PENDING, from, start));
    }
    addContainerSpans(stage, start, latest(start, ended), spans);
    return spans;
  }

  private void addContainerSpans(StageStatus stage, Instant start, Instant end, List<Span> spans) {
    var at = start;
    for (var wait : waits(stage)) {
      var since = earliest(end, latest(at, wait.from()));
      var until = earliest(end, latest(since, wait.to()));
      if (since.isBefore(until)) {
        if (at.isBefore(since)) {
          spans.add(new Span(Kind.RUNNING, at, since));
        }
        spans.add(new Span(Kind.WAITING, since, until));
        at = until;
      }
    }
    if (at.isBefore(end) || spans.isEmpty()) {
      spans.add(new Span(Kind.RUNNING, at, end));
    }
  }

  /** The spans from the start of each wait to the completion of the awaited stage. */
  private List<Span> waits(StageStatus stage) {
    return details.waits().getOrDefault(stage.id(), List.of()).stream()
        .map(wait ->
            new Span(
                Kind.WAITING,
                times.clamp(wait.since()),
                status.stages().stream()
                    .filter(other -> other.name().equals(wait.stage()))
                    .flatMap(other -> time(other.completionTime()).stream())
                    .findFirst()
                    .orElse(times.end())))
        .sorted(Comparator.comparing(Span::from))
        .toList();
  }

  private Optional<Instant> time(@Nullable String text) {
    return Optional.ofNullable(text).map(Instant::parse).map(times::clamp);
  }

  private static Instant latest(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private static Instant earliest(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
