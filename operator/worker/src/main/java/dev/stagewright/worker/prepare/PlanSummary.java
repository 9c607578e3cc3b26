package dev.stagewright.worker.prepare;

import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.StageBase;
import dev.stagewright.protocol.StagePlan;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Formats a summary of a plan for the log.
 *
 * @param plan of the build
 */
record PlanSummary(BuildPlan plan) {

  List<String> lines() {
    var pruned = plan.pruned();
    return Stream.of(
            plan.stages().stream().map(this::line),
            pruned.isEmpty()
                ? Stream.<String>empty()
                : Stream.of("not needed by the target: " + String.join(", ", pruned)),
            plan.findings().stream()
                .map(finding ->
                    finding.rule()
                        + ": "
                        + finding.message()
                        + (finding.line() > 0 ? " (line " + finding.line() + ")" : "")))
        .flatMap(lines -> lines)
        .toList();
  }

  private String line(StagePlan stage) {
    var base =
        switch (stage.base()) {
          case StageBase.Scratch() -> "scratch";
          case StageBase.Stage(var parent) -> "stage " + plan.stage(parent).name();
          case StageBase.Image image ->
              image.pinned()
                  + (image.location().equals(image.pinned())
                      ? ""
                      : " (found at " + image.location() + ")");
        };
    return "stage "
        + stage.name()
        + (stage.id().equals(plan.target()) ? " (target)" : "")
        + ": "
        + steps(stage.steps().size())
        + " from "
        + base
        + stage.shared().stream()
            .map(shared -> ", after stage " + shared.name() + " (" + steps(shared.steps()) + ")")
            .collect(Collectors.joining())
        + (stage.runsInWorker() ? ", in the worker" : "");
  }

  private static String steps(int count) {
    return count == 1 ? "1 step" : count + " steps";
  }
}
