package dev.stagewright.controller.decide;

import dev.stagewright.api.v1alpha1.StageStatus;
import dev.stagewright.controller.decide.TaskState.Done;
import dev.stagewright.controller.decide.TaskState.Failed;
import dev.stagewright.controller.observe.Observation;
import dev.stagewright.controller.observe.Observation.PlanLookup;
import dev.stagewright.controller.observe.Observation.Refusal;
import dev.stagewright.controller.observe.PodFacts;
import dev.stagewright.controller.observe.PodState;
import dev.stagewright.controller.run.Task;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.SandboxKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Judges how far a part is.
 *
 * <p>A user's mistake is final; a fault of the infrastructure is worth another Pod, a few times.
 *
 * @param podStartTimeout how long a Pod that has a node may fail to start
 * @param sandboxing says what becomes of a Pod that does not get its user namespace
 */
record TaskStateEvaluator(
    Observation observed, Duration podStartTimeout, SandboxSelection sandboxing) {
  /** How long a Pod may take to end beyond its time before its node counts as lost. */
  private static final Duration SILENCE = Duration.ofSeconds(30);

  /**
   * How long a node may take to start a container that it has made: far more than it ever needs.
   */
  private static final Duration STANDSTILL = Duration.ofMinutes(1);

  TaskState assess(Task task) {
    var refusal = Optional.ofNullable(observed.refusals().get(task.key()));
    if (refusal.isPresent() && !refusal.get().passing()) {
      return new Failed(refused(task, refusal.get()), Optional.empty());
    }
    var inVain =
        refusal
            .flatMap(Refusal::missing)
            .filter(_ -> observed.now().isAfter(observed.quietSince().plus(podStartTimeout)));
    if (inVain.isPresent()) {
      return new Failed(Failure.of(inVain.get(), refusal.get().message()), Optional.empty());
    }
    return observed.latest(task).map(pod -> withPod(task, pod)).orElseGet(() -> withoutPod(task));
  }

  private Failure refused(Task task, Refusal refusal) {
    var words = "the API server refuses the Pod: " + refusal.message();
    return sandboxing
        .of(task)
        .filter(choice -> choice.kind() == SandboxKind.USER_NAMESPACE && refusal.mayBeOfSandbox())
        .map(choice -> withoutSandbox(words, choice.why()))
        .orElseGet(() -> Failure.of(FailureReason.PodNotStarted, words));
  }

  private static Failure withoutSandbox(String why, String choice) {
    return Failure.of(
        FailureReason.SandboxUnavailable,
        why + " (the sandbox is userNamespace, since " + choice + "; auto takes what there is)");
  }

  private TaskState withoutPod(Task task) {
    if (isRecordedAsDone(task)) {
      return new Done(Optional.empty(), Optional.empty());
    }
    var attempts = observed.attempts(task);
    return attempts == 0
        ? new TaskState.NotStarted()
        : again(
            task,
            lost(new DeletedPodReason(observed, task).why()),
            Optional.empty(),
            observed.now());
  }

  private TaskState withPod(Task task, PodFacts pod) {
    if (isRecordedAsDone(task) && !isDone(pod)) {
      return new Done(Optional.empty(), Optional.empty());
    }
    var sandboxRefusal = SandboxRefusal.of(pod);
    if (sandboxRefusal.isPresent()) {
      return withoutUserNamespace(task, pod, sandboxRefusal.get());
    }
    if (isStuck(pod)) {
      return again(task, lostNode(pod), Optional.of(pod), observed.now());
    }
    return switch (pod.state()) {
      case PodState.Waiting waiting ->
          new PendingPodEvaluator(podStartTimeout, observed.now(), observed.spec())
              .assess(task, pod, waiting);
      case PodState.Created(var since) -> made(task, pod, since);
      case PodState.Running(var startedAt) -> new Deadline(observed, task).running(pod, startedAt);
      case PodState.Ended ended -> new TerminatedPod(observed, task, pod, ended).assess();
      case PodState.InitFailed failed ->
          again(
              task,
              new InjectedContainers(observed.spec()).failed(pod, failed),
              Optional.of(pod),
              failed.finishedAt());
      case PodState.Lost(var reason, var message) -> lost(task, pod, reason, message);
      case PodState.DeadlineExceeded _ ->
          new Failed(new Deadline(observed, task).ofKubelet(), Optional.of(pod));
    };
  }

  private TaskState lost(Task task, PodFacts pod, String reason, String message) {
    return new StorageEviction(task, stageName(task), pod)
        .exceeded(message)
        .or(() -> new PodModifiedMessage(pod).ofStart(reason, message))
        .<TaskState>map(failure -> new Failed(failure, Optional.of(pod)))
        .orElseGet(
            () -> again(task, lost(reason + ": " + message), Optional.of(pod), observed.now()));
  }

  private String stageName(Task task) {
    return task instanceof Task.Stage(var id)
        ? observed.knownPlan().map(plan -> plan.stage(id).name()).orElse(id)
        : "";
  }

  private TaskState made(Task task, PodFacts pod, Instant since) {
    return observed.now().isAfter(since.plus(STANDSTILL))
        ? again(
            task,
            lost(
                "NotStarted: the node %s does not start the container that it has made"
                    .formatted(pod.node().orElse("(none)"))),
            Optional.of(pod),
            observed.now())
        : new TaskState.Active(pod);
  }

  /** Whether it was to be gone long ago: its node does not answer. */
  private boolean isStuck(PodFacts pod) {
    return !pod.isOver()
        && pod.removal()
            .filter(removal -> observed.now().isAfter(removal.due().plus(SILENCE)))
            .isPresent();
  }

  private static Failure lostNode(PodFacts pod) {
    return Failure.of(
        FailureReason.PodLost,
        "NodeLost: the node %s does not answer, so the Pod %s does not end"
            .formatted(pod.node().orElse("(none)"), pod.name()));
  }

  private TaskState withoutUserNamespace(Task task, PodFacts pod, String why) {
    var words = "the Pod " + pod.name() + " cannot have a user namespace: " + why;
    return sandboxing.isAuto(task)
        ? again(
            task,
            Failure.of(FailureReason.SandboxUnavailable, words),
            Optional.of(pod),
            observed.now())
        : new Failed(
            withoutSandbox(
                words,
                sandboxing
                    .of(task)
                    .map(SandboxSelection.StageChoice::why)
                    .orElse("it is asked for")),
            Optional.of(pod));
  }

  private boolean isRecordedAsDone(Task task) {
    return switch (task) {
      case Task.Prepare _ -> observed.plan() instanceof PlanLookup.Stored;
      // No stage starts before it is done.
      case Task.Check _ ->
          observed
              .previous()
              .filter(status ->
                  status.stages().stream()
                      .anyMatch(stage -> status.attempts().containsKey(stage.id())))
              .isPresent();
      case Task.Stage(var id) ->
          observed.previous().stream()
              .flatMap(status -> status.stages().stream())
              .anyMatch(stage ->
                  stage.id().equals(id) && stage.phase() == StageStatus.StagePhase.Succeeded);
      case Task.Push _ -> false;
    };
  }

  private static boolean isDone(PodFacts pod) {
    return pod.state() instanceof PodState.Ended ended && ended.exitCode() == 0;
  }

  private static Failure lost(String what) {
    return Failure.of(FailureReason.PodLost, what);
  }

  private TaskState again(Task task, Failure failure, Optional<PodFacts> pod, Instant endedAt) {
    return new TaskRetry(observed, task).after(failure, pod, endedAt);
  }
}
