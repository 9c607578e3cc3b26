package dev.stagewright.controller.status;

import dev.stagewright.api.v1alpha1.BuildPhase;
import dev.stagewright.api.v1alpha1.ImageBuildStatus;
import dev.stagewright.api.v1alpha1.KubernetesDuration;
import dev.stagewright.api.v1alpha1.StreamSource;
import dev.stagewright.controller.assess.StageStates;
import dev.stagewright.controller.assess.TaskState;
import dev.stagewright.controller.logs.ContainerLog.WorkerLog;
import dev.stagewright.controller.observe.Observation;
import dev.stagewright.controller.observe.Rejection;
import dev.stagewright.controller.podstatus.PodState;
import dev.stagewright.controller.podstatus.WaitingReason;
import dev.stagewright.controller.podstatus.WaitingReason.Known;
import dev.stagewright.controller.run.Task;
import dev.stagewright.layers.oci.ImageReference;
import dev.stagewright.protocol.Termination;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The phase of a run with the reason and message of its condition {@code Ready}.
 *
 * @param reason the name of the phase, of a {@link WaitingReason} or of a failure
 */
public record ReadyReason(BuildPhase phase, String reason, String message) {

  /** A run that proceeds. */
  public ReadyReason(BuildPhase phase, String message) {
    this(phase, phase.name(), message);
  }

  /** A run that waits. */
  public ReadyReason(BuildPhase phase, WaitingReason reason, String message) {
    this(phase, reason.name(), message);
  }

  /** A run that succeeded. */
  public static ReadyReason succeeded(ImageReference reference, Termination.Pushed pushed) {
    return pushed.isUnchanged()
        ? new ReadyReason(
            BuildPhase.Succeeded,
            ImageBuildStatus.UNCHANGED,
            reference + " already has the digest " + pushed.digest() + ", so nothing was pushed")
        : new ReadyReason(
            BuildPhase.Succeeded,
            "Pushed",
            "pushed " + reference + " with digest " + pushed.digest());
  }

  /** A run whose prepare container waits for a client; empty if it does not. */
  public static Optional<ReadyReason> waitingForSource(Observation observed) {
    var stream = observed.spec().source().stream();
    if (stream == null) {
      return Optional.empty();
    }
    return observed
        .latest(new Task.Prepare())
        .filter(pod -> observed.logs().worker(pod).flatMap(WorkerLog::source).isEmpty())
        .flatMap(pod ->
            pod.state() instanceof PodState.Running(var startedAt)
                ? Optional.of(waitingForSource(stream, pod.name(), startedAt))
                : Optional.empty());
  }

  private static ReadyReason waitingForSource(StreamSource stream, String pod, Instant since) {
    var until = since.plus(KubernetesDuration.parse(stream.timeout()));
    return new ReadyReason(
        BuildPhase.Preparing,
        ImageBuildStatus.WAITING_FOR_SOURCE,
        "the container prepare of the Pod %s waits for a client that sends the source, until %s"
            .formatted(pod, until.truncatedTo(ChronoUnit.SECONDS)));
  }

  /** A run whose stages are built. */
  public static ReadyReason building(Observation observed, StageStates states) {
    var stages = states.plan().stages();
    var done =
        stages.stream().filter(stage -> states.state(stage.id()) instanceof TaskState.Done).count();
    var proceeding =
        new ReadyReason(BuildPhase.Building, done + " of " + stages.size() + " stages are done");
    return stages.stream()
        .map(stage ->
            proceeding.delayed(
                observed,
                new Task.Stage(stage.id()),
                states.state(stage.id()),
                "stage " + stage.name()))
        .flatMap(Optional::stream)
        .findFirst()
        .orElse(proceeding);
  }

  /** This reason, or the reason why the task is delayed. */
  public ReadyReason orDelay(Observation observed, Task task, TaskState state) {
    return observed.rejections().values().stream()
        .findFirst()
        .map(this::refused)
        .or(() -> delayed(observed, task, state, task.key()))
        .orElse(this);
  }

  private Optional<ReadyReason> delayed(
      Observation observed, Task task, TaskState state, String subject) {
    var rejection = observed.rejections().get(task.pod());
    if (rejection != null) {
      return Optional.of(refused(rejection));
    }
    return switch (state) {
      case TaskState.Retrying(var attempt, _, var why) ->
          Optional.of(
              waiting(Known.Retrying, subject + ": attempt " + attempt + " follows: " + why));
      case TaskState.Active(var pod)
          when pod.state() instanceof PodState.Pending(_, _, var cause) ->
          cause.map(it ->
              waiting(it.reason(), subject + ": " + it.reason().name() + ": " + it.message()));
      case TaskState.NotStarted _, TaskState.Active _, TaskState.Done _, TaskState.Failed _ ->
          Optional.empty();
    };
  }

  private ReadyReason refused(Rejection rejection) {
    return waiting(rejection.reason(), rejection.message());
  }

  /** A run that has created nothing yet is queued; a later phase stays as it is. */
  private ReadyReason waiting(WaitingReason reason, String message) {
    var isQueued =
        phase == BuildPhase.Preparing
            && (reason == Known.QuotaExceeded || reason == Known.SchedulingGated);
    return new ReadyReason(isQueued ? BuildPhase.Queued : phase, reason, message);
  }
}
