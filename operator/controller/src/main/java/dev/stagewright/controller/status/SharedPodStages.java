package dev.stagewright.controller.decide;

import dev.stagewright.api.v1alpha1.StageStatus;
import dev.stagewright.api.v1alpha1.StageStatus.StagePhase;
import dev.stagewright.controller.observe.LogTail;
import dev.stagewright.controller.observe.Observation;
import dev.stagewright.controller.observe.PodFacts;
import dev.stagewright.controller.run.Task;
import dev.stagewright.protocol.StagePlan;
import dev.stagewright.protocol.StagePlan.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Tells the stages apart that one Pod runs, one after the other.
 *
 * @param stage the one whose Pod it is
 */
record SharedPod(Observation observed, StageStates board, StagePlan stage) {
  private static final Set<StagePhase> NOT_BEGUN = Set.of(StagePhase.Waiting, StagePhase.Pending);

  /**
   * How far each is.
   *
   * @param pod how far the Pod is, as if it were for its own stage alone
   */
  List<StageStatus> entries(StageStatus pod) {
    var members = stage.members();
    if (members.size() == 1) {
      return List.of(pod);
    }
    var current = pod.phase() == StagePhase.Succeeded ? members.size() - 1 : current(pod);
    var entries = new ArrayList<StageStatus>();
    for (var i = 0; i < members.size(); i++) {
      entries.add(entry(pod, i, current));
    }
    return List.copyOf(entries);
  }

  /** The name of the stage that the Pod is at, or was at in the end. */
  String currentName() {
    return stage.members().get(current(Optional.empty())).name();
  }

  private int current(StageStatus pod) {
    return NOT_BEGUN.contains(pod.phase()) ? 0 : current(Optional.ofNullable(pod.pod()));
  }

  private int current(Optional<String> pod) {
    var failed =
        board.state(stage.id()) instanceof TaskState.Failed(var failure, _)
            ? failure.stage()
            : Optional.<String>empty();
    return failed
        .flatMap(this::index)
        .or(() -> marked(pod).flatMap(this::index))
        .orElseGet(this::firstNotKnownToBeDone);
  }

  private Optional<String> marked(Optional<String> pod) {
    return pod.or(() -> observed.latest(new Task.Stage(stage.id())).map(PodFacts::name))
        .flatMap(name -> Optional.ofNullable(observed.logs().get(name)))
        .flatMap(LogTail::stage);
  }

  private Optional<Integer> index(String name) {
    var names = stage.members().stream().map(Member::name).toList();
    return Optional.of(names.indexOf(name)).filter(index -> index >= 0);
  }

  /** A log that is quiet for long has no marker among its last lines. */
  private int firstNotKnownToBeDone() {
    var done =
        observed.previous().stream()
            .flatMap(status -> status.stages().stream())
            .filter(entry -> entry.phase() == StagePhase.Succeeded)
            .map(StageStatus::id)
            .toList();
    var members = stage.members();
    var index = 0;
    while (index < members.size() - 1 && done.contains(members.get(index).id())) {
      index++;
    }
    return index;
  }

  private StageStatus entry(StageStatus pod, int index, int current) {
    var members = stage.members();
    var member = members.get(index);
    var isOwner = index == members.size() - 1;
    var hasBegun = !NOT_BEGUN.contains(pod.phase());
    var phase = hasBegun ? phase(pod.phase(), Integer.compare(index, current)) : pod.phase();
    var waits = phase == StagePhase.Waiting && hasBegun;
    var isCurrent = index == current || !hasBegun;
    return new StageStatus(
        member.id(),
        member.name(),
        index == 0 ? pod.base() : members.get(index - 1).name(),
        index == 0 ? pod.baseSize() : Long.valueOf(0),
        pod.pod(),
        pod.node(),
        pod.sandbox(),
        phase,
        index == 0 || (isOwner && index <= current) ? pod.startTime() : null,
        isOwner || phase == StagePhase.Failed ? pod.completionTime() : null,
        index < current ? stage.lastStep(member).step() : isCurrent ? pod.step() : null,
        isOwner ? pod.size() : null,
        waits ? "WaitsForStage" : isCurrent ? pod.reason() : null,
        waits
            ? "waits for stage " + members.get(index - 1).name() + " in the same Pod"
            : isCurrent ? pod.message() : null,
        isOwner ? null : stage.name(),
        isOwner ? pod.duration() : null,
        isOwner ? pod.peakMemory() : null);
  }

  private static StagePhase phase(StagePhase ofPod, int place) {
    if (place < 0) {
      return StagePhase.Succeeded;
    }
    if (place == 0) {
      return ofPod;
    }
    return ofPod == StagePhase.Running ? StagePhase.Waiting : StagePhase.Cancelled;
  }
}
