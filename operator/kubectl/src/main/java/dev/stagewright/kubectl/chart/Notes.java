package dev.stagewright.kubectl.chart;

import dev.stagewright.api.v1alpha1.BuildFailure;
import dev.stagewright.api.v1alpha1.BuildPhase;
import dev.stagewright.api.v1alpha1.ImageBuildStatus;
import dev.stagewright.api.v1alpha1.ImageBuildStatus.Finding;
import dev.stagewright.api.v1alpha1.ImageBuildStatus.FindingSeverity;
import dev.stagewright.api.v1alpha1.StageStatus.StagePhase;
import dev.stagewright.kubectl.terminal.Ansi;
import dev.stagewright.kubectl.terminal.Ansi.Style;
import java.util.ArrayList;
import java.util.List;

/** The notes below the chart: pending stages, the failure, and the findings. */
record Notes(Ansi ansi, Symbols symbols) {

  List<String> lines(ImageBuildStatus status) {
    var lines = new ArrayList<String>();
    for (var stage : status.stages()) {
      if (stage.phase() == StagePhase.Pending && stage.message() != null) {
        lines.add(ansi.format(Style.YELLOW, stage.name() + " is pending: ") + stage.message());
      }
    }
    if (status.failure() != null) {
      addFailure(status.failure(), lines);
    } else if (status.phase() == BuildPhase.Cancelled) {
      lines.add(BuildView.readyMessage(status));
    }
    status.findings().forEach(finding -> addFinding(finding, lines));
    if (!lines.isEmpty()) {
      lines.addFirst("");
    }
    return lines;
  }

  private void addFinding(Finding finding, List<String> lines) {
    var title = new StringBuilder(finding.rule());
    if (finding.path() != null) {
      title.append(", ").append(finding.path());
    }
    if (finding.line() > 0 || finding.path() == null) {
      title.append(", line ").append(finding.line());
    }
    var style = finding.severity() == FindingSeverity.Error ? Style.RED : Style.DIM;
    lines.add(ansi.format(style, title + ": ") + finding.message());
    if (finding.fix() != null) {
      lines.add(ansi.format(Style.DIM, symbols.logPrefix()) + " " + finding.fix());
    }
  }

  private void addFailure(BuildFailure failure, List<String> lines) {
    var title = new StringBuilder(failure.reason());
    if (failure.stage() != null) {
      title.append(" in stage ").append(failure.stage());
    }
    if (failure.line() != null) {
      title.append(", line ").append(failure.line());
    }
    if (failure.instruction() != null) {
      title.append(": ").append(failure.instruction());
    }
    lines.add(ansi.format(Style.RED, title.toString()));
    lines.add(failure.message());
    failure
        .logTail()
        .forEach(line -> lines.add(ansi.format(Style.DIM, symbols.logPrefix()) + " " + line));
  }
}
