package dev.stagewright.kubectl.chart;

import dev.stagewright.api.v1alpha1.CacheStatus;
import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.api.v1alpha1.ImageBuildStatus;
import dev.stagewright.api.v1alpha1.StageCacheStatus;
import dev.stagewright.api.v1alpha1.StageStatus;
import dev.stagewright.api.v1alpha1.StageStatus.Cached;
import dev.stagewright.kubectl.chart.TextTable.Cell;
import dev.stagewright.kubectl.terminal.Ansi;
import dev.stagewright.kubectl.terminal.Ansi.Style;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The output of {@code why}: which steps of each stage are cached, and why the first of the others
 * had to run.
 *
 * @param now the current time
 */
public record CacheReport(Ansi ansi, Instant now) {

  /** Returns the output; each line ends with a line feed. */
  public String draw(ImageBuild build) {
    var status = Optional.ofNullable(build.getStatus()).filter(it -> it.phase() != null);
    var lines = new ArrayList<String>();
    lines.add(new Summary(ansi, now).title(build, status));
    status.ifPresent(it -> lines.addAll(lines(build, it)));
    return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
  }

  private List<String> lines(ImageBuild build, ImageBuildStatus status) {
    var cache = status.cache();
    if (cache == null) {
      return List.of(withoutCache(build, status));
    }
    var totals =
        new TextTable(
                List.of(
                    List.of(Cell.of(ansi, Style.DIM, "records"), Cell.of(cache.repository())),
                    List.of(Cell.of(ansi, Style.DIM, "cached"), Cell.of(CacheSummary.of(cache)))))
            .lines();
    var rows = new ArrayList<List<Cell>>();
    for (var stage : status.stages()) {
      var details = details(stage, cache);
      for (var i = 0; i < details.size(); i++) {
        var name = i == 0 ? Cell.of(ansi, Style.BOLD, stage.name()) : Cell.of("");
        rows.add(List.of(name, details.get(i)));
      }
    }
    var lines = new ArrayList<>(totals);
    lines.add("");
    lines.addAll(new TextTable(rows).lines());
    return lines;
  }

  private static String withoutCache(ImageBuild build, ImageBuildStatus status) {
    if (build.getSpec().cache().disabled()) {
      return "the build has no cache: spec.cache.disabled is set";
    }
    return status.hasEnded()
        ? "no stage was looked up: the run ended before, or the configuration of the operator"
            + " disables the cache"
        : "no stage has been looked up in the cache yet";
  }

  private List<Cell> details(StageStatus stage, CacheStatus totals) {
    var cache = stage.cache();
    if (cache == null) {
      return List.of(Cell.of(ansi, Style.DIM, "not looked up"));
    }
    var details = new ArrayList<Cell>();
    details.add(Cell.of(ansi, style(stage), known(stage, cache)));
    if (StageStatus.WAITS_FOR_BUILD.equals(stage.reason())) {
      details.add(Cell.of(Optional.ofNullable(stage.message()).orElse("waits for another build")));
      return details;
    }
    Optional.ofNullable(cache.startStep())
        .ifPresent(step -> details.add(Cell.of("runs from step " + step)));
    if (stage.cached() != Cached.All) {
      details.add(
          Optional.ofNullable(cache.missed())
              .map(Cell::of)
              .orElseGet(() -> Cell.of(ansi, Style.DIM, unknown(totals))));
    }
    return details;
  }

  private static String unknown(CacheStatus totals) {
    return Boolean.TRUE.equals(totals.recordsIgnored())
        ? "existing records are ignored"
        : "no earlier build to compare with";
  }

  private static String known(StageStatus stage, StageCacheStatus cache) {
    var saved =
        CacheSummary.saved(cache.savedDuration(), cache.savedBytes())
            .map(", saved "::concat)
            .orElse("");
    if (stage.cached() == Cached.All) {
      return "all steps are cached" + saved;
    }
    if (stage.cached() == Cached.None) {
      return "no step is cached";
    }
    return cache.cachedSteps() == cache.steps()
        ? "all steps are cached, but not the files that other stages copy" + saved
        : cache.cachedSteps() + " of " + cache.steps() + " steps are cached" + saved;
  }

  private static Style style(StageStatus stage) {
    return stage.cached() == Cached.All ? Style.GREEN : Style.YELLOW;
  }
}
