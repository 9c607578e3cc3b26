package dev.stagewright.worker.publish;

import dev.stagewright.cache.miss.RepeatedStep;
import dev.stagewright.cache.record.LatestRecord;
import dev.stagewright.dockerfile.lint.practice.CopiedSources;
import dev.stagewright.layers.io.UntrustedFile;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.BuildPlan.Finding;
import dev.stagewright.protocol.Json;
import dev.stagewright.protocol.PrintableText;
import dev.stagewright.protocol.StagePlan;
import dev.stagewright.protocol.StepResult;
import dev.stagewright.protocol.Workspace;
import dev.stagewright.worker.cache.decision.StageDecisions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Adds to findings about the order of instructions what the order has cost in this build.
 *
 * @param plan plan of the build, with the findings of lint
 * @param decisions keys of the steps, and the latest build
 * @param workspace root of the workspace
 */
record OrderFindings(BuildPlan plan, StageDecisions decisions, Path workspace) {
  /** The outcome of a container has a limited size. */
  private static final int MOST = 3;

  private static final int LONGEST = 700;

  /** The findings that the order of this build gives a reason for, with what it cost. */
  List<Finding> list() {
    return plan.findings().stream()
        .filter(finding -> finding.rule().equals(CopiedSources.ORDER_ID))
        .flatMap(finding -> withCost(finding).stream())
        .limit(MOST)
        .toList();
  }

  private Optional<Finding> withCost(Finding finding) {
    return decisions
        .latest()
        .flatMap(latest ->
            plan.stages().stream()
                .flatMap(stage -> cost(finding, stage, latest).stream())
                .findFirst())
        .map(cost ->
            new Finding(
                finding.rule(),
                PrintableText.message(finding.message() + ". " + cost, LONGEST),
                finding.line(),
                finding.severity()));
  }

  private Optional<String> cost(Finding finding, StagePlan stage, LatestRecord latest) {
    var index =
        IntStream.range(0, stage.steps().size())
            .filter(i -> stage.steps().get(i).position().line() == finding.line())
            .findFirst();
    if (index.isEmpty()) {
      return Optional.empty();
    }
    return duration(stage, index.getAsInt())
        .flatMap(duration ->
            decisions
                .keys(stage)
                .flatMap(keys ->
                    new RepeatedStep(plan, latest, stage, keys, index.getAsInt()).cost(duration)));
  }

  /** How long a step took; empty if it has not run. */
  private Optional<Duration> duration(StagePlan stage, int step) {
    var file = workspace.resolve(Workspace.stage(stage.id())).resolve(Workspace.step(step));
    try {
      return Files.exists(file)
          ? Optional.of(
              Duration.ofMillis(
                  Json.read(new UntrustedFile(file).text(), StepResult.class).millis()))
          : Optional.empty();
    } catch (IOException | Json.MalformedJsonException _) {
      // A finding is not worth a failure.
      return Optional.empty();
    }
  }
}
