package dev.stagewright.controller.status;

import dev.stagewright.api.v1alpha1.BuildCondition;
import dev.stagewright.api.v1alpha1.BuildCondition.ConditionStatus;
import dev.stagewright.api.v1alpha1.BuildCondition.ConditionType;
import dev.stagewright.api.v1alpha1.BuildPhase;
import dev.stagewright.api.v1alpha1.StageStatus;
import dev.stagewright.api.v1alpha1.StageStatus.StagePhase;
import dev.stagewright.controller.observe.Observation;
import dev.stagewright.protocol.PrintableText;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Builds the conditions of an ImageBuild. The {@code lastTransitionTime} of a condition changes
 * only with its status.
 *
 * @param isPrepared whether the plan is known
 */
record Conditions(
    Observation observed, ReadyReason ready, boolean isPrepared, List<StageStatus> stages) {
  /** Messages of nodes and registries can have any length. */
  private static final int MAX_MESSAGE_BYTES = 4096;

  List<BuildCondition> list() {
    var isDone = ready.phase() == BuildPhase.Succeeded;
    var isBuilt =
        isPrepared && stages.stream().allMatch(stage -> stage.phase() == StagePhase.Succeeded);
    return List.of(
        condition(ConditionType.Ready, reached(isDone), ready.reason(), ready.message()),
        ready.phase().isFinal()
            ? condition(
                ConditionType.Reconciling,
                ConditionStatus.False,
                ready.reason(),
                "the run has ended")
            : condition(
                ConditionType.Reconciling, ConditionStatus.True, ready.reason(), ready.message()),
        hasStopped()
            // kstatus reports this message as the reason of the failure.
            ? condition(
                ConditionType.Stalled, ConditionStatus.True, ready.reason(), ready.message())
            : condition(ConditionType.Stalled, ConditionStatus.False, "NotStalled", ""),
        milestone(ConditionType.Prepared, isPrepared, "the plan was created"),
        milestone(ConditionType.Built, isBuilt, "all stages are done"),
        milestone(ConditionType.Pushed, isDone, "the image is in the registry"));
  }

  private BuildCondition milestone(ConditionType type, boolean isReached, String message) {
    return switch (reached(isReached)) {
      case True -> condition(type, ConditionStatus.True, type.name(), message);
      case False ->
          condition(
              type,
              ConditionStatus.False,
              ready.reason(),
              ready.phase() == BuildPhase.Failed
                  ? "the run failed before this step"
                  : ready.message());
      case Unknown -> condition(type, ConditionStatus.Unknown, "NotReached", "");
    };
  }

  /** Whether the run has ended without success. */
  private boolean hasStopped() {
    return ready.phase() == BuildPhase.Failed || ready.phase() == BuildPhase.Cancelled;
  }

  private ConditionStatus reached(boolean isReached) {
    if (isReached) {
      return ConditionStatus.True;
    }
    return hasStopped() ? ConditionStatus.False : ConditionStatus.Unknown;
  }

  private BuildCondition condition(
      ConditionType type, ConditionStatus status, String reason, String message) {
    var since =
        observed.previous().stream()
            .flatMap(previous -> previous.conditions().stream())
            .filter(condition -> condition.type() == type && condition.status() == status)
            .map(BuildCondition::lastTransitionTime)
            .findFirst()
            .orElse(observed.now().truncatedTo(ChronoUnit.SECONDS).toString());
    return new BuildCondition(
        type,
        status,
        observed.run().generation(),
        since,
        reason,
        PrintableText.message(message, MAX_MESSAGE_BYTES));
  }
}
