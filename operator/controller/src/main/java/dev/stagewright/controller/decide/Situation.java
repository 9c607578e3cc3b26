package dev.stagewright.controller.decide;

import dev.stagewright.api.v1alpha1.BuildPhase;
import dev.stagewright.controller.observe.Observation;
import dev.stagewright.controller.observe.PodState;
import dev.stagewright.controller.run.Part;
import java.util.Optional;

/**
 * Where a run stands, in words.
 *
 * @param reason in one word, for conditions
 * @param message in a sentence
 */
record Situation(BuildPhase phase, String reason, String message) {
  private static final String QUOTA_EXCEEDED = "QuotaExceeded";

  /** Of the Pod's condition {@code PodScheduled}: somebody, such as Kueue, holds it back. */
  private static final String SCHEDULING_GATED = "SchedulingGated";

  Situation(BuildPhase phase, String message) {
    this(phase, phase.name(), message);
  }

  static Situation building(Observation observed, StageBoard board) {
    var stages = board.plan().stages();
    var done = stages.stream().filter(stage -> isDone(board, stage.id())).count();
    var situation =
        new Situation(BuildPhase.Building, done + " of " + stages.size() + " stages are done");
    return stages.stream()
        .map(stage ->
            situation.hitch(
                observed,
                new Part.Stage(stage.id()),
                board.state(stage.id()),
                "stage " + stage.name()))
        .flatMap(Optional::stream)
        .findFirst()
        .orElse(situation);
  }

  private static boolean isDone(StageBoard board, String id) {
    return board.state(id) instanceof PartState.Done;
  }

  /** The same, unless something keeps the part: then that. */
  Situation of(Observation observed, Part part, PartState state) {
    return observed.refusals().values().stream()
        .findFirst()
        .map(this::refused)
        .or(() -> hitch(observed, part, state, part.key()))
        .orElse(this);
  }

  private Optional<Situation> hitch(
      Observation observed, Part part, PartState state, String subject) {
    var refusal = observed.refusals().get(part.key());
    if (refusal != null) {
      return Optional.of(refused(refusal));
    }
    return switch (state) {
      case PartState.Again(var attempt, _, var why) ->
          Optional.of(
              new Situation(
                  phase, "Retrying", subject + ": attempt " + attempt + " follows: " + why));
      case PartState.UnderWay(var pod)
          when pod.state() instanceof PodState.Waiting(_, _, var hitch) && hitch.isPresent() ->
          Optional.of(
              new Situation(
                  phase(hitch.get().reason()),
                  hitch.get().reason(),
                  subject + ": " + hitch.get().reason() + ": " + hitch.get().message()));
      case PartState.NotStarted _, PartState.UnderWay _, PartState.Done _, PartState.GaveUp _ ->
          Optional.empty();
    };
  }

  private Situation refused(Observation.Refusal refusal) {
    return new Situation(phase(refusal.reason()), refusal.reason(), refusal.message());
  }

  /** A run that has nothing in the cluster yet is queued, one that has goes on as it can. */
  private BuildPhase phase(String hitch) {
    var waitsForItsTurn = hitch.equals(QUOTA_EXCEEDED) || hitch.equals(SCHEDULING_GATED);
    return phase == BuildPhase.Preparing && waitsForItsTurn ? BuildPhase.Queued : phase;
  }
}
