package dev.stagewright.kubectl.progress;

import dev.stagewright.api.v1alpha1.BuildFailure;
import dev.stagewright.api.v1alpha1.BuildPhase;
import dev.stagewright.api.v1alpha1.ImageBuildStatus;
import dev.stagewright.api.v1alpha1.StageStatus;
import dev.stagewright.api.v1alpha1.StageStatus.StagePhase;
import dev.stagewright.protocol.PrintableText;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The lines at the end of a failed build: the log of the step that failed, all stages that failed,
 * and the reason.
 */
record FailureReport(ImageBuildStatus status) {
  private static final int LONGEST_LINE = 4 * 1024;
  private static final String RULE = "------";

  /** Returns the lines; none if the build did not fail. */
  List<String> lines() {
    var lines = new ArrayList<String>();
    var failure = Optional.ofNullable(status.failure());
    failure.ifPresent(it -> addLog(it, lines));
    if (status.phase() == BuildPhase.Failed) {
      addOtherStages(failure.map(BuildFailure::stage), lines);
      lines.add("ERROR: " + failure.map(FailureReport::reason).orElse("the build failed"));
    }
    return lines;
  }

  private static void addLog(BuildFailure failure, List<String> lines) {
    if (failure.logTail().isEmpty()) {
      return;
    }
    var stage = Optional.ofNullable(failure.stage()).map(it -> "[" + it + "]");
    var instruction = Optional.ofNullable(failure.instruction());
    var title = stage.map(it -> it + instruction.map(text -> " " + text).orElse("")).orElse("log");
    lines.add(RULE);
    lines.add(" > " + line(title) + ":");
    failure.logTail().forEach(text -> lines.add(line(text)));
    lines.add(RULE);
  }

  private void addOtherStages(Optional<String> reported, List<String> lines) {
    status.stages().stream()
        .filter(stage -> stage.phase() == StagePhase.Failed)
        .filter(stage -> !reported.equals(Optional.of(stage.name())))
        .map(FailureReport::describe)
        .forEach(lines::add);
  }

  private static String describe(StageStatus stage) {
    return "ERROR: "
        + Objects.toString(stage.reason(), "Failed")
        + " in stage "
        + stage.name()
        + Optional.ofNullable(stage.message()).map(text -> ": " + line(text)).orElse("");
  }

  private static String reason(BuildFailure failure) {
    var text = new StringBuilder(failure.reason());
    if (failure.stage() != null) {
      text.append(" in stage ").append(failure.stage());
    }
    if (failure.line() != null) {
      text.append(", ")
          .append(Objects.toString(failure.file(), "Dockerfile"))
          .append(':')
          .append(failure.line());
    }
    return line(text + ": " + failure.message());
  }

  private static String line(String text) {
    return PrintableText.line(text, LONGEST_LINE);
  }
}
