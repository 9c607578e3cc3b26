package dev.stagewright.analysis.report.page;

import dev.stagewright.analysis.report.ReportStage;
import dev.stagewright.analysis.report.ReportStage.Cached;
import dev.stagewright.analysis.report.ReportStage.Kind;
import dev.stagewright.analysis.report.page.BarChart.Bar;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** When the stages of the build ran, and what they depend on. */
record StagesSection(List<ReportStage> stages) {

  void write(Markup out) {
    if (stages.isEmpty()) {
      return;
    }
    out.element(
        "section",
        section -> {
          section.text("h2", "Build", "id", "build");
          span().ifPresent(span -> writeTimes(section, span));
          writeGraph(section);
        },
        "aria-labelledby",
        "build");
  }

  private record Span(Instant start, Duration length) {
    double fraction(Instant at) {
      return (double) Duration.between(start, at).toMillis() / Math.max(1, length.toMillis());
    }
  }

  private Optional<Span> span() {
    var times = stages.stream().flatMap(stage -> stage.times().stream()).toList();
    var start = times.stream().map(time -> Instant.parse(time.start())).min(Instant::compareTo);
    var end = times.stream().map(time -> Instant.parse(time.end())).max(Instant::compareTo);
    return start.flatMap(from -> end.map(to -> new Span(from, Duration.between(from, to))));
  }

  private void writeTimes(Markup out, Span span) {
    var bars = stages.stream().map(stage -> bar(stage, span)).toList();
    Figure.of("Times", "When each task ran, from its start on the left to its end.")
        .picture(svg ->
            new BarChart(bars, TimeTicks.of(span.length()))
                .write(svg, "Times of the stages, as a Gantt chart"))
        .table(
            List.of("Stage", "Kind", "Start", "Duration", "Cached", "Ran on", "Depends on"),
            stages.stream().map(stage -> row(stage, span)).toList())
        .write(out);
  }

  private static Bar bar(ReportStage stage, Span span) {
    var start = stage.times().map(times -> Instant.parse(times.start())).orElse(span.start());
    var end = stage.times().map(times -> Instant.parse(times.end())).orElse(start);
    var label = stage.name() + stage.where().map(StagesSection::place).orElse("");
    return new Bar(
        label,
        duration(stage),
        span.fraction(start),
        span.fraction(end) - span.fraction(start),
        color(stage),
        label + ": " + duration(stage));
  }

  /** A node has a name; a Pod is described. */
  private static String place(String where) {
    return (where.startsWith("the ") ? " in " : " on ") + where;
  }

  private static String color(ReportStage stage) {
    return switch (stage.kind()) {
      case PREPARE, PUBLISH, IMAGE -> "task";
      case STAGE, WORKER_STAGE ->
          switch (stage.cache()) {
            case ALL -> "cached";
            case PARTIAL -> "partial";
            case NONE, UNKNOWN -> "stage";
          };
    };
  }

  private static String duration(ReportStage stage) {
    var ran =
        stage
            .times()
            .map(times ->
                TimeTicks.text(
                    Duration.between(Instant.parse(times.start()), Instant.parse(times.end()))));
    if (stage.kind() == Kind.IMAGE) {
      return "image";
    }
    return stage.cache() == Cached.ALL ? "cached" : ran.orElse("did not run");
  }

  private static List<String> row(ReportStage stage, Span span) {
    return List.of(
        stage.name(),
        kind(stage.kind()),
        stage
            .times()
            .map(times ->
                TimeTicks.text(Duration.between(span.start(), Instant.parse(times.start()))))
            .orElse(""),
        duration(stage),
        switch (stage.cache()) {
          case ALL -> "all steps";
          case PARTIAL -> "some steps";
          case NONE -> "no step";
          case UNKNOWN -> "";
        },
        stage.where().orElse(""),
        String.join(", ", stage.dependencies()));
  }

  private static String kind(Kind kind) {
    return switch (kind) {
      case PREPARE -> "prepare";
      case STAGE -> "stage";
      case WORKER_STAGE -> "stage in the worker Pod";
      case IMAGE -> "image";
      case PUBLISH -> "publish";
    };
  }

  private void writeGraph(Markup out) {
    var ofDockerfile =
        stages.stream()
            .filter(stage -> stage.kind() != Kind.PREPARE && stage.kind() != Kind.PUBLISH)
            .toList();
    var graph = new StageGraph(ofDockerfile);
    if (graph.canBeDrawn()) {
      Figure.of(
              "Stages", "An arrow goes from a stage to one that copies from it or is based on it.")
          .picture(svg -> graph.write(svg, "Stages and their dependencies, as a graph"))
          .table(
              List.of("Stage", "Depends on"),
              ofDockerfile.stream()
                  .map(stage -> List.of(stage.name(), String.join(", ", stage.dependencies())))
                  .toList())
          .write(out);
    }
  }
}
