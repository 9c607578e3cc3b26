package dev.stagewright.kubectl.chart;

import dev.stagewright.api.v1alpha1.BuildFailure;
import dev.stagewright.api.v1alpha1.BuildPhase;
import dev.stagewright.api.v1alpha1.ImageBuildStatus;
import dev.stagewright.api.v1alpha1.StageStatus.StagePhase;
import dev.stagewright.kubectl.terminal.Ink;
import dev.stagewright.kubectl.terminal.Ink.Style;
import java.util.ArrayList;
import java.util.List;

/** What there is to say of a run after its chart: what keeps it, why it failed, what lint found. */
record Remarks(Ink ink, Glyphs glyphs) {

  List<String> lines(ImageBuildStatus status) {
    var lines = new ArrayList<String>();
    for (var stage : status.stages()) {
      if (stage.phase() == StagePhase.Pending && stage.message() != null) {
        lines.add(ink.paint(Style.YELLOW, stage.name() + " waits: ") + stage.message());
      }
    }
    if (status.failure() != null) {
      failure(status.failure(), lines);
    } else if (status.phase() == BuildPhase.Cancelled) {
      lines.add(BuildView.sentence(status));
    }
    for (var finding : status.findings()) {
      lines.add(
          ink.paint(Style.DIM, finding.rule() + ", line " + finding.line() + ": ")
              + finding.message());
    }
    if (!lines.isEmpty()) {
      lines.addFirst("");
    }
    return lines;
  }

  private void failure(BuildFailure failure, List<String> lines) {
    var place = new StringBuilder(failure.reason());
    if (failure.stage() != null) {
      place.append(" in stage ").append(failure.stage());
    }
    if (failure.line() != null) {
      place.append(", line ").append(failure.line());
    }
    if (failure.instruction() != null) {
      place.append(": ").append(failure.instruction());
    }
    lines.add(ink.paint(Style.RED, place.toString()));
    lines.add(failure.message());
    failure.logTail().forEach(line -> lines.add(ink.paint(Style.DIM, glyphs.bar()) + " " + line));
  }
}
