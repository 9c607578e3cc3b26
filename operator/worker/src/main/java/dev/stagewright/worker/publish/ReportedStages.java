package dev.stagewright.worker.publish;

import dev.stagewright.analysis.report.ReportStage;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.StagePlan;
import java.util.List;
import java.util.Optional;

/**
 * The stages of a plan as the report of the image has them. When and where they ran is in the
 * status of the ImageBuild only, so that equal images have equal reports.
 *
 * @param plan the plan of the build
 */
record ReportedStages(BuildPlan plan) {

  List<ReportStage> list() {
    return plan.stages().stream().map(this::of).toList();
  }

  private ReportStage of(StagePlan stage) {
    return new ReportStage(
        stage.name(),
        kind(stage),
        Optional.empty(),
        ReportStage.Cached.UNKNOWN,
        Optional.empty(),
        stage.needs().stream().map(id -> plan.stage(id).name()).toList());
  }

  private static ReportStage.Kind kind(StagePlan stage) {
    if (stage.id().startsWith("i")) {
      return ReportStage.Kind.IMAGE;
    }
    return stage.runsInWorker() ? ReportStage.Kind.WORKER_STAGE : ReportStage.Kind.STAGE;
  }
}
