package dev.stagewright.controller.decide;

import dev.stagewright.api.v1alpha1.BuildCondition;
import dev.stagewright.api.v1alpha1.BuildCondition.ConditionStatus;
import dev.stagewright.api.v1alpha1.BuildCondition.ConditionType;
import dev.stagewright.api.v1alpha1.BuildPhase;
import dev.stagewright.api.v1alpha1.StageStatus.StagePhase;
import dev.stagewright.controller.observe.Observation;
import dev.stagewright.protocol.PrintableText;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * The conditions that follow from a run's progress. The time of one whose status is as before stays
 * as it was.
 */
record Conditions(Observation observed, StatusInputs progress) {
  /** Bytes; words of nodes and registries among them have any length. */
  private static final int LARGEST_MESSAGE = 4096;

  List<BuildCondition> list() {
    var isStopped = isStopped();
    var isDone = progress.phase() == BuildPhase.Succeeded;
    var isBuilt =
        progress.plan().isPresent()
            && progress.stages().stream().allMatch(stage -> stage.phase() == StagePhase.Succeeded);
    return List.of(
        condition(
            ConditionType.Ready, reached(isDone, isStopped), progress.reason(), progress.message()),
        condition(
            ConditionType.Reconciling,
            progress.phase().isFinal() ? ConditionStatus.False : ConditionStatus.True,
            progress.reason(),
            progress.phase().isFinal() ? "the run is over" : progress.message()),
        isStopped
            ? condition(
                ConditionType.Stalled,
                ConditionStatus.True,
                progress.reason(),
                "nothing more happens until the spec changes")
            : condition(ConditionType.Stalled, ConditionStatus.False, "NotStalled", ""),
        milestone(ConditionType.Prepared, progress.plan().isPresent(), "the plan is known"),
        milestone(ConditionType.Built, isBuilt, "all stages are done"),
        milestone(ConditionType.Pushed, isDone, "the image is in the registry"));
  }

  private BuildCondition milestone(ConditionType type, boolean isReached, String words) {
    var isStopped = isStopped();
    return switch (reached(isReached, isStopped)) {
      case True -> condition(type, ConditionStatus.True, type.name(), words);
      case False ->
          condition(
              type,
              ConditionStatus.False,
              progress.reason(),
              progress.phase() == BuildPhase.Failed
                  ? "the run failed before this"
                  : progress.message());
      case Unknown -> condition(type, ConditionStatus.Unknown, "NotReached", "");
    };
  }

  /** Over, but not done. */
  private boolean isStopped() {
    return progress.phase() == BuildPhase.Failed || progress.phase() == BuildPhase.Cancelled;
  }

  private static ConditionStatus reached(boolean isReached, boolean isStopped) {
    if (isReached) {
      return ConditionStatus.True;
    }
    return isStopped ? ConditionStatus.False : ConditionStatus.Unknown;
  }

  private BuildCondition condition(
      ConditionType type, ConditionStatus status, String reason, String message) {
    var since =
        observed.previous().stream()
            .flatMap(before -> before.conditions().stream())
            .filter(before -> before.type() == type && before.status() == status)
            .map(BuildCondition::lastTransitionTime)
            .findFirst()
            .orElse(observed.now().truncatedTo(ChronoUnit.SECONDS).toString());
    return new BuildCondition(
        type,
        status,
        observed.run().generation(),
        since,
        reason,
        PrintableText.message(message, LARGEST_MESSAGE));
  }
}
