package dev.stagewright.controller.decide;

import dev.stagewright.api.v1alpha1.BuildCondition.ConditionStatus;
import dev.stagewright.api.v1alpha1.BuildCondition.ConditionType;
import dev.stagewright.api.v1alpha1.BuildPhase;
import dev.stagewright.api.v1alpha1.ImageBuildStatus;
import dev.stagewright.api.v1alpha1.ImageBuildStatus.Finding;
import dev.stagewright.api.v1alpha1.ImageBuildStatus.ImageStatus;
import dev.stagewright.api.v1alpha1.ImageBuildStatus.SourceStatus;
import dev.stagewright.api.v1alpha1.KubernetesDuration;
import dev.stagewright.api.v1alpha1.StageStatus;
import dev.stagewright.controller.observe.Observation;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.Termination;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Makes the status, always whole, from what there is to say of a run. */
record StatusWriter(Observation observed) {

  ImageBuildStatus status(Progress progress) {
    var now = observed.now().truncatedTo(ChronoUnit.SECONDS);
    var startedAt = observed.startedAt().truncatedTo(ChronoUnit.SECONDS);
    var isOver = progress.phase().isFinal();
    return new ImageBuildStatus(
        observed.run().generation(),
        progress.phase(),
        progress.plan().map(_ -> count(progress.stages())).orElse(null),
        conditions(progress).list(),
        startedAt.toString(),
        isOver ? now.toString() : null,
        isOver ? KubernetesDuration.format(Duration.between(startedAt, now)) : null,
        progress.plan().flatMap(BuildPlan::revision).map(SourceStatus::new).orElse(null),
        progress.placement().orElse(null),
        progress.stages(),
        progress.attempts(),
        progress.pushed().map(StatusWriter::image).orElse(null),
        progress.plan().map(StatusWriter::findings).orElse(List.of()),
        progress.failure().orElse(null));
  }

  private static String count(List<StageStatus> stages) {
    var done =
        stages.stream().filter(stage -> stage.phase() == StageStatus.StagePhase.Succeeded).count();
    return done + "/" + stages.size();
  }

  private Conditions conditions(Progress progress) {
    var conditions = new Conditions(observed);
    var isFailed = progress.phase() == BuildPhase.Failed;
    var isDone = progress.phase() == BuildPhase.Succeeded;
    conditions.add(ConditionType.Ready, milestone(isDone, isFailed), progress);
    conditions.add(ConditionType.Reconciling, flag(!progress.phase().isFinal()), progress);
    conditions.add(ConditionType.Stalled, flag(isFailed), progress);
    conditions.add(
        ConditionType.Prepared, milestone(progress.plan().isPresent(), isFailed), progress);
    var isBuilt =
        progress.plan().isPresent()
            && progress.stages().stream()
                .allMatch(stage -> stage.phase() == StageStatus.StagePhase.Succeeded);
    conditions.add(ConditionType.Built, milestone(isBuilt, isFailed), progress);
    conditions.add(ConditionType.Pushed, milestone(isDone, isFailed), progress);
    return conditions;
  }

  private static ConditionStatus milestone(boolean reached, boolean failed) {
    if (reached) {
      return ConditionStatus.True;
    }
    return failed ? ConditionStatus.False : ConditionStatus.Unknown;
  }

  private static ConditionStatus flag(boolean value) {
    return value ? ConditionStatus.True : ConditionStatus.False;
  }

  private static ImageStatus image(Termination.Pushed pushed) {
    return new ImageStatus(
        pushed.references().getFirst().toString(),
        pushed.digest().toString(),
        pushed.size(),
        pushed.layers());
  }

  private static List<Finding> findings(BuildPlan plan) {
    return plan.findings().stream()
        .map(finding -> new Finding(finding.rule(), finding.message(), finding.line()))
        .toList();
  }
}
