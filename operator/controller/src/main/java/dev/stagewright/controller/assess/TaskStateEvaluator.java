package dev.stagewright.controller.assess;

import dev.stagewright.api.v1alpha1.StageStatus.StagePhase;
import dev.stagewright.controller.assess.TaskState.Active;
import dev.stagewright.controller.assess.TaskState.Done;
import dev.stagewright.controller.assess.TaskState.Failed;
import dev.stagewright.controller.cachemounts.CacheMountsSelection;
import dev.stagewright.controller.observe.Observation;
import dev.stagewright.controller.observe.Observation.PlanLookup;
import dev.stagewright.controller.observe.Rejection;
import dev.stagewright.controller.pods.PrefixImageSelection;
import dev.stagewright.controller.podstatus.PodFacts;
import dev.stagewright.controller.podstatus.PodState;
import dev.stagewright.controller.run.Task;
import dev.stagewright.controller.sandbox.SandboxRefusal;
import dev.stagewright.controller.sandbox.SandboxSelection;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.SandboxKind;
import dev.stagewright.protocol.StageCache;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Evaluates the state of one task from its Pods.
 *
 * <p>A failure that the user caused is final. After a failure of the infrastructure, the task gets
 * another Pod, a limited number of times.
 *
 * @param podStartTimeout how long a scheduled Pod may take to start
 * @param sandboxes decides whether a Pod without its user namespace is tried again
 * @param cacheMounts decides whether a Pod is replaced by one without the claim for cache mounts
 */
public record TaskStateEvaluator(
    Observation observed,
    Duration podStartTimeout,
    SandboxSelection sandboxes,
    CacheMountsSelection cacheMounts) {
  /** How long after its grace period a Pod may end before its node counts as lost. */
  private static final Duration DELETION_TIMEOUT = Duration.ofSeconds(30);

  /** How long a node may take to start a container that it has created; usually milliseconds. */
  private static final Duration CONTAINER_START_TIMEOUT = Duration.ofMinutes(1);

  /** The state of the task. */
  public TaskState evaluate(Task task) {
    var rejection = Optional.ofNullable(observed.rejections().get(task.pod()));
    if (rejection.isPresent() && !rejection.get().temporary()) {
      if (hasPrefixImage(task) && observed.attempts(task) == 0) {
        return new TaskState.Retrying(2, observed.now(), rejection.get().message());
      }
      return new Failed(refused(task, rejection.get()), Optional.empty());
    }
    var missingTooLong =
        rejection
            .flatMap(Rejection::failure)
            .filter(_ -> observed.now().isAfter(observed.quietSince().plus(podStartTimeout)));
    if (missingTooLong.isPresent()) {
      return new Failed(
          Failure.of(missingTooLong.get(), rejection.get().message()), Optional.empty());
    }
    return observed.latest(task).map(pod -> withPod(task, pod)).orElseGet(() -> withoutPod(task));
  }

  /** Whether the first Pod of a stage may run a prefix image, which a policy may forbid. */
  private boolean hasPrefixImage(Task task) {
    return task instanceof Task.Stage(var id)
        && observed.stageCache(id).flatMap(StageCache::prefix).isPresent();
  }

  private Failure refused(Task task, Rejection rejection) {
    var message = "the API server refuses the Pod: " + rejection.message();
    return sandboxes
        .of(task)
        .filter(choice -> choice.kind() == SandboxKind.USER_NAMESPACE && rejection.mayBeOfSandbox())
        .map(choice -> sandboxUnavailable(message, choice.why()))
        .orElseGet(() -> Failure.of(FailureReason.PodNotStarted, message));
  }

  private static Failure sandboxUnavailable(String message, String choice) {
    return Failure.of(
        FailureReason.SandboxUnavailable,
        message
            + " (the sandbox is userNamespace, because "
            + choice
            + "; auto selects a sandbox that is available)");
  }

  private TaskState withoutPod(Task task) {
    if (isRecordedAsDone(task)) {
      return Done.recorded();
    }
    return observed.attempts(task) == 0
        ? new TaskState.NotStarted()
        : lost(task, Optional.empty(), deletionReason(task));
  }

  /** The reason that the status recorded while the Pod of a stage was being deleted. */
  private String deletionReason(Task task) {
    return observed.previous().stream()
        .flatMap(status -> status.stages().stream())
        .filter(stage -> stage.id().equals(task.key()))
        .filter(stage -> stage.phase() == StagePhase.Running && stage.reason() != null)
        .map(stage -> stage.reason() + ": " + stage.message())
        .findFirst()
        .orElse("the Pod was deleted");
  }

  private TaskState withPod(Task task, PodFacts pod) {
    if (isRecordedAsDone(task) && !pod.isCompleted()) {
      return Done.recorded();
    }
    var sandboxRefusal = SandboxRefusal.of(pod);
    if (sandboxRefusal.isPresent()) {
      return withoutUserNamespace(task, pod, sandboxRefusal.get());
    }
    var withoutClaim = cacheMounts.unstartable(pod);
    if (withoutClaim.isPresent()) {
      return new TaskState.Retrying(
          observed.attempts(task) + 1, observed.now(), withoutClaim.get());
    }
    var withoutPrefix = PrefixImageSelection.unstartable(pod);
    if (withoutPrefix.isPresent()) {
      return new TaskState.Retrying(
          observed.attempts(task) + 1, observed.now(), withoutPrefix.get());
    }
    if (isStuck(pod)) {
      return lost(
          task,
          Optional.of(pod),
          "NodeLost: the node %s does not respond, so the Pod %s does not end"
              .formatted(node(pod), pod.name()));
    }
    return switch (pod.state()) {
      case PodState.Pending pending ->
          new PendingPodEvaluator(podStartTimeout, observed.now(), observed.spec())
              .evaluate(task, pod, pending);
      case PodState.Created(var since) -> created(task, pod, since);
      case PodState.Running(var startedAt) ->
          new TaskLimits(observed, task)
              .exceeded(startedAt)
              .<TaskState>map(failure -> new Failed(failure, Optional.of(pod)))
              .orElseGet(() -> new Active(pod));
      case PodState.Ended(var termination, _) ->
          new TerminatedPodEvaluator(observed, task, pod).evaluate(termination);
    };
  }

  private TaskState created(Task task, PodFacts pod, Instant since) {
    return observed.now().isAfter(since.plus(CONTAINER_START_TIMEOUT))
        ? lost(
            task,
            Optional.of(pod),
            "NotStarted: the node %s has created the container but does not start it"
                .formatted(node(pod)))
        : new Active(pod);
  }

  /** Whether the Pod should have ended long ago: its node does not respond. */
  private boolean isStuck(PodFacts pod) {
    return !pod.hasEnded()
        && pod.deletion()
            .filter(deletion -> observed.now().isAfter(deletion.due().plus(DELETION_TIMEOUT)))
            .isPresent();
  }

  private static String node(PodFacts pod) {
    return pod.node().orElse("(none)");
  }

  private TaskState withoutUserNamespace(Task task, PodFacts pod, String why) {
    var message = "the Pod " + pod.name() + " cannot have a user namespace: " + why;
    return sandboxes.isAuto(task)
        ? new TaskRetry(observed, task)
            .after(
                Failure.of(FailureReason.SandboxUnavailable, message),
                Optional.of(pod),
                observed.now())
        : new Failed(
            sandboxUnavailable(
                message,
                sandboxes
                    .of(task)
                    .map(SandboxSelection.StageChoice::why)
                    .orElse("the spec requests it")),
            Optional.of(pod));
  }

  boolean isRecordedAsDone(Task task) {
    return switch (task) {
      case Task.Prepare _ -> observed.plan() instanceof PlanLookup.Stored;
      case Task.Stage(var id) ->
          observed.previous().stream()
              .flatMap(status -> status.stages().stream())
              .anyMatch(stage -> stage.id().equals(id) && stage.phase() == StagePhase.Succeeded);
      case Task.Publish _ -> false;
    };
  }

  private TaskState lost(Task task, Optional<PodFacts> pod, String message) {
    return new TaskRetry(observed, task)
        .after(Failure.of(FailureReason.PodLost, message), pod, observed.now());
  }
}
