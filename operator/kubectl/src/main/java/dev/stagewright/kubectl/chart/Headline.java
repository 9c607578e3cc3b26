package dev.stagewright.kubectl.chart;

import dev.stagewright.api.v1alpha1.BuildPhase;
import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.api.v1alpha1.ImageBuildStatus;
import dev.stagewright.kubectl.chart.Columns.Cell;
import dev.stagewright.kubectl.terminal.Ink;
import dev.stagewright.kubectl.terminal.Ink.Style;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What there is to say of a build before its chart. */
record Headline(Ink ink, Instant now) {

  List<String> lines(ImageBuild build, Optional<ImageBuildStatus> status) {
    var lines = new ArrayList<String>();
    lines.add(title(build, status));
    var fields = new ArrayList<List<Cell>>();
    add(fields, "image", image(build, status));
    status.ifPresent(it -> fields(it, fields));
    lines.addAll(new Columns(fields).lines());
    return lines;
  }

  private String title(ImageBuild build, Optional<ImageBuildStatus> status) {
    var name = ink.paint(Style.BOLD, build.getMetadata().getName());
    if (status.isEmpty()) {
      return name + "  " + ink.paint(Style.YELLOW, "waits for an operator to see it");
    }
    var phase = Optional.ofNullable(status.get().phase()).orElse(BuildPhase.Pending);
    var duration =
        BuildView.duration(status.get(), now)
            .map(it -> (phase.isFinal() ? " after " : " for ") + it)
            .orElse("");
    return name + "  " + ink.paint(style(phase), phase + duration);
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

  private void fields(ImageBuildStatus status, List<List<Cell>> fields) {
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
    var placement = status.placement();
    if (placement != null) {
      add(
          fields,
          "placement",
          placement.mode() + (placement.node() == null ? "" : ", " + placement.node()));
    }
    var queue = status.queue();
    if (queue != null) {
      add(fields, "queue", "place " + queue.position() + ": " + queue.message());
    }
    var phase = status.phase();
    if (phase != null && !phase.isFinal()) {
      add(fields, "state", BuildView.sentence(status));
    }
  }

  private void add(List<List<Cell>> fields, String name, String value) {
    if (!value.isEmpty()) {
      fields.add(List.of(Cell.of(ink, Style.DIM, name), Cell.of(value)));
    }
  }
}
