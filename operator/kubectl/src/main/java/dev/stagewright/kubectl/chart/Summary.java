package dev.stagewright.kubectl.chart;

import dev.stagewright.analysis.size.DataSize;
import dev.stagewright.api.v1alpha1.BuildPhase;
import dev.stagewright.api.v1alpha1.CacheMountsStatus;
import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.api.v1alpha1.ImageBuildStatus;
import dev.stagewright.kubectl.chart.TextTable.Cell;
import dev.stagewright.kubectl.terminal.Ansi;
import dev.stagewright.kubectl.terminal.Ansi.Style;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The lines above the chart: name, phase, image, and other fields of the status. */
record Summary(Ansi ansi, Instant now) {

  List<String> lines(ImageBuild build, Optional<ImageBuildStatus> status) {
    var lines = new ArrayList<String>();
    lines.add(title(build, status));
    var fields = new ArrayList<List<Cell>>();
    add(fields, "image", image(build, status));
    status.ifPresent(it -> addFields(it, fields));
    lines.addAll(new TextTable(fields).lines());
    return lines;
  }

  /** The first line: name, phase, and duration. */
  String title(ImageBuild build, Optional<ImageBuildStatus> status) {
    var name = ansi.format(Style.BOLD, build.getMetadata().getName());
    if (status.isEmpty()) {
      return name + "  " + ansi.format(Style.YELLOW, "waiting for an operator to start the build");
    }
    var phase = Optional.ofNullable(status.get().phase()).orElse(BuildPhase.Pending);
    var duration =
        BuildView.duration(status.get(), now)
            .map(it -> (status.get().hasEnded() ? " after " : " for ") + it)
            .orElse("");
    var unchanged = status.get().hasUnchangedImage() ? ", unchanged" : "";
    return name + "  " + ansi.format(style(phase), phase + duration + unchanged);
  }

  static Style style(BuildPhase phase) {
    return switch (phase) {
      case Succeeded -> Style.GREEN;
      case Failed -> Style.RED;
      case Cancelled -> Style.DIM;
      case Pending, Queued -> Style.YELLOW;
      case Preparing, Building, Pushing -> Style.CYAN;
    };
  }

  private static String image(ImageBuild build, Optional<ImageBuildStatus> status) {
    return status
        .flatMap(it -> Optional.ofNullable(it.image()))
        .map(ImageBuildStatus.ImageStatus::reference)
        .orElseGet(() -> build.getSpec().output().image());
  }

  private void addFields(ImageBuildStatus status, List<List<Cell>> fields) {
    var image = status.image();
    if (image != null) {
      var layers = image.layers() == 1 ? "1 layer" : image.layers() + " layers";
      add(fields, "digest", image.digest());
      add(fields, "size", new DataSize(image.size()) + " in " + layers);
    }
    var source = status.source();
    if (source != null && source.commit() != null) {
      add(fields, "commit", source.commit());
    }
    if (source != null && source.signer() != null) {
      add(fields, "signer", source.signer());
    }
    var placement = status.placement();
    if (placement != null) {
      add(
          fields,
          "placement",
          placement.mode() + (placement.node() == null ? "" : ", " + placement.node()));
    }
    var cache = status.cache();
    if (cache != null) {
      add(fields, "cache", CacheSummary.of(cache));
    }
    var mounts = status.cacheMounts();
    if (mounts != null) {
      add(fields, "mounts", cacheMounts(mounts));
    }
    var checks = status.checks();
    if (checks != null) {
      add(fields, "checks", ChecksSummary.of(checks));
    }
    var queue = status.queue();
    if (queue != null) {
      add(fields, "queue", "position " + queue.position() + ": " + queue.message());
    }
    if (status.phase() != null && !status.hasEnded()) {
      add(fields, "state", BuildView.readyMessage(status));
    }
  }

  private static String cacheMounts(CacheMountsStatus mounts) {
    return switch (mounts.storage()) {
      case Claim -> "caches on claim " + mounts.claimName();
      case Workspace -> "caches for this run only: " + mounts.message();
    };
  }

  private void add(List<List<Cell>> fields, String name, String value) {
    if (!value.isEmpty()) {
      fields.add(List.of(Cell.of(ansi, Style.DIM, name), Cell.of(value)));
    }
  }
}
