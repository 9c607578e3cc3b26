package dev.stagewright.controller.decide;

import dev.stagewright.api.v1alpha1.BuildPhase;
import dev.stagewright.controller.observe.Observation;
import dev.stagewright.controller.observe.PodState;
import dev.stagewright.controller.run.Task;
import java.util.Optional;

/**
 * Where a run stands, in words.
 *
 * @param reason in one word, for conditions
 * @param message in a sentence
 */
record ReadyReason(BuildPhase phase, String reason, String message) {
  private static final String QUOTA_EXCEEDED = "QuotaExceeded";

  /** Of the Pod's condition {@code PodScheduled}: somebody, such as Kueue, holds it back. */
  private static final String SCHEDULING_GATED = "SchedulingGated";

  ReadyReason(BuildPhase phase, String message) {
    this(phase, phase.name(), message);
  }

  static ReadyReason building(Observation observed, StageStates board) {
    var stages = board.plan().stages();
    var done = stages.stream().filter(stage -> isDone(board, stage.id())).count();
    var readyReason =
        new ReadyReason(BuildPhase.Building, done + " of " + stages.size() + " stages are done");
    return stages.stream()
        .map(stage ->
            readyReason.waitingReason(
                observed,
                new Task.Stage(stage.id()),
                board.state(stage.id()),
                "stage " + stage.name()))
        .flatMap(Optional::stream)
        .findFirst()
        .orElse(readyReason);
  }

  private static boolean isDone(StageStates board, String id) {
    return board.state(id) instanceof TaskState.Done;
  }

  /** The same, unless something keeps the part: then that. */
  ReadyReason of(Observation observed, Task task, TaskState state) {
    return observed.refusals().values().stream()
        .findFirst()
        .map(this::refused)
        .or(() -> waitingReason(observed, task, state, task.key()))
        .orElse(this);
  }

  private Optional<ReadyReason> waitingReason(
      Observation observed, Task task, TaskState state, String subject) {
    var refusal = observed.refusals().get(task.key());
    if (refusal != null) {
      return Optional.of(refused(refusal));
    }
    return switch (state) {
      case TaskState.Retrying(var attempt, _, var why) ->
          Optional.of(
              new ReadyReason(
                  phase, "Retrying", subject + ": attempt " + attempt + " follows: " + why));
      case TaskState.Active(var pod)
          when pod.state() instanceof PodState.Waiting(_, _, var waitingReason)
              && waitingReason.isPresent() ->
          Optional.of(
              new ReadyReason(
                  phase(waitingReason.get().reason()),
                  waitingReason.get().reason(),
                  subject
                      + ": "
                      + waitingReason.get().reason()
                      + ": "
                      + waitingReason.get().message()));
      case TaskState.NotStarted _, TaskState.Active _, TaskState.Done _, TaskState.Failed _ ->
          Optional.empty();
    };
  }

  private ReadyReason refused(Observation.Refusal refusal) {
    return new ReadyReason(phase(refusal.reason()), refusal.reason(), refusal.message());
  }

  /** A run that has nothing in the cluster yet is queued, one that has goes on as it can. */
  private BuildPhase phase(String waitingReason) {
    var waitsForItsTurn =
        waitingReason.equals(QUOTA_EXCEEDED) || waitingReason.equals(SCHEDULING_GATED);
    return phase == BuildPhase.Preparing && waitsForItsTurn ? BuildPhase.Queued : phase;
  }
}
