package dev.stagewright.controller.status;

import dev.stagewright.api.v1alpha1.StageStatus;
import dev.stagewright.api.v1alpha1.StageStatus.StagePhase;
import dev.stagewright.controller.assess.StageStates;
import dev.stagewright.controller.assess.TaskState;
import dev.stagewright.controller.logs.LogTail;
import dev.stagewright.controller.observe.Observation;
import dev.stagewright.controller.podstatus.PodFacts;
import dev.stagewright.controller.podstatus.WaitingReason;
import dev.stagewright.controller.run.PodContainer;
import dev.stagewright.controller.run.Task;
import dev.stagewright.protocol.StagePlan;
import dev.stagewright.protocol.StagePlan.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Splits the status of a Pod that runs several stages, one after another, into one status for each
 * stage.
 *
 * @param stage the last of these stages, which owns the Pod
 */
record SharedPodStages(Observation observed, StageStates states, StagePlan stage) {
  private static final Set<StagePhase> NOT_STARTED = Set.of(StagePhase.Waiting, StagePhase.Pending);

  /**
   * The status of each stage.
   *
   * @param pod status of the Pod as if it ran only the stage that owns it
   */
  List<StageStatus> split(StageStatus pod) {
    var members = stage.members();
    var current = pod.phase() == StagePhase.Succeeded ? members.size() - 1 : current(pod);
    var statuses = new ArrayList<StageStatus>();
    for (var i = 0; i < members.size(); i++) {
      statuses.add(status(pod, i, current));
    }
    return List.copyOf(statuses);
  }

  private int current(StageStatus pod) {
    return NOT_STARTED.contains(pod.phase()) ? 0 : current(Optional.ofNullable(pod.pod()));
  }

  private int current(Optional<String> pod) {
    var failed =
        states.state(stage.id()) instanceof TaskState.Failed(var failure, _)
            ? failure.stage()
            : Optional.<String>empty();
    return failed
        .flatMap(this::index)
        .or(() -> marked(pod).flatMap(this::index))
        .orElseGet(this::firstNotDone);
  }

  private Optional<String> marked(Optional<String> pod) {
    var container = stage.runsInWorker() ? PodContainer.PUBLISH : PodContainer.MAIN;
    return pod.or(() -> observed.latest(new Task.Stage(stage.id())).map(PodFacts::name))
        .flatMap(name -> observed.logs().tail(name, container))
        .flatMap(LogTail::stage);
  }

  private Optional<Integer> index(String name) {
    var names = stage.members().stream().map(Member::name).toList();
    return Optional.of(names.indexOf(name)).filter(index -> index >= 0);
  }

  /** The end of a long log may have no step marker; then the recorded status is used. */
  private int firstNotDone() {
    var done =
        observed.previous().stream()
            .flatMap(status -> status.stages().stream())
            .filter(status -> status.phase() == StagePhase.Succeeded)
            .map(StageStatus::id)
            .toList();
    var members = stage.members();
    var index = 0;
    while (index < members.size() - 1 && done.contains(members.get(index).id())) {
      index++;
    }
    return index;
  }

  private StageStatus status(StageStatus pod, int index, int current) {
    var members = stage.members();
    var member = members.get(index);
    var isFirst = index == 0;
    var ownsPod = index == members.size() - 1;
    var hasStarted = !NOT_STARTED.contains(pod.phase());
    var phase = hasStarted ? phase(pod.phase(), Integer.compare(index, current)) : pod.phase();
    var status =
        StageStatus.builder(
                member.id(),
                member.name(),
                isFirst ? pod.base() : members.get(index - 1).name(),
                phase)
            .baseSize(isFirst ? pod.baseSize() : Long.valueOf(0))
            .pod(pod.pod())
            .runsIn(pod.runsIn())
            .node(pod.node())
            .sandbox(pod.sandbox());
    if (isFirst || (ownsPod && index <= current)) {
      status.startTime(pod.startTime());
    }
    if (ownsPod || phase == StagePhase.Failed) {
      status.completionTime(pod.completionTime());
    }
    if (ownsPod) {
      status.size(pod.size()).duration(pod.duration()).peakMemory(pod.peakMemory());
    } else {
      status.sharesPodOf(stage.name());
    }
    if (index < current) {
      status.step(stage.lastStep(member).step());
    } else if (index == current || !hasStarted) {
      status.step(pod.step()).reason(pod.reason()).message(pod.message());
    }
    if (hasStarted && phase == StagePhase.Waiting) {
      status
          .reason(WaitingReason.Known.WaitsForStage.name())
          .message("waits for stage " + members.get(index - 1).name() + " in the same Pod");
    }
    return status.build();
  }

  private static StagePhase phase(StagePhase ofPod, int position) {
    if (position < 0) {
      return StagePhase.Succeeded;
    }
    if (position == 0) {
      return ofPod;
    }
    return ofPod == StagePhase.Running ? StagePhase.Waiting : StagePhase.Cancelled;
  }
}
