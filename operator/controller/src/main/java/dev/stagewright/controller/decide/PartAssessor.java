package dev.stagewright.controller.decide;

import dev.stagewright.api.v1alpha1.StageStatus;
import dev.stagewright.controller.decide.PartState.Done;
import dev.stagewright.controller.decide.PartState.GaveUp;
import dev.stagewright.controller.observe.Observation;
import dev.stagewright.controller.observe.Observation.PlanLookup;
import dev.stagewright.controller.observe.Observation.Refusal;
import dev.stagewright.controller.observe.PodFacts;
import dev.stagewright.controller.observe.PodState;
import dev.stagewright.controller.run.Part;
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
record PartAssessor(Observation observed, Duration podStartTimeout, Sandboxing sandboxing) {
  /** How long a Pod may take to end beyond its time before its node counts as lost. */
  private static final Duration SILENCE = Duration.ofSeconds(30);

  /**
   * How long a node may take to start a container that it has made: far more than it ever needs.
   */
  private static final Duration STANDSTILL = Duration.ofMinutes(1);

  PartState assess(Part part) {
    var refusal = Optional.ofNullable(observed.refusals().get(part.key()));
    if (refusal.isPresent() && !refusal.get().passing()) {
      return new GaveUp(refused(part, refusal.get()), Optional.empty());
    }
    var inVain =
        refusal
            .flatMap(Refusal::missing)
            .filter(_ -> observed.now().isAfter(observed.quietSince().plus(podStartTimeout)));
    if (inVain.isPresent()) {
      return new GaveUp(Failure.of(inVain.get(), refusal.get().message()), Optional.empty());
    }
    return observed.latest(part).map(pod -> withPod(part, pod)).orElseGet(() -> withoutPod(part));
  }

  private Failure refused(Part part, Refusal refusal) {
    var words = "the API server refuses the Pod: " + refusal.message();
    return sandboxing
        .of(part)
        .filter(choice -> choice.kind() == SandboxKind.USER_NAMESPACE && refusal.mayBeOfSandbox())
        .map(choice -> withoutSandbox(words, choice.why()))
        .orElseGet(() -> Failure.of(FailureReason.PodNotStarted, words));
  }

  private static Failure withoutSandbox(String why, String choice) {
    return Failure.of(
        FailureReason.SandboxUnavailable,
        why + " (the sandbox is userNamespace, since " + choice + "; auto takes what there is)");
  }

  private PartState withoutPod(Part part) {
    if (isRecordedAsDone(part)) {
      return new Done(Optional.empty(), Optional.empty());
    }
    var attempts = observed.attempts(part);
    return attempts == 0
        ? new PartState.NotStarted()
        : again(
            part, lost(new Disappearance(observed, part).why()), Optional.empty(), observed.now());
  }

  private PartState withPod(Part part, PodFacts pod) {
    if (isRecordedAsDone(part) && !isDone(pod)) {
      return new Done(Optional.empty(), Optional.empty());
    }
    var sandboxRefusal = SandboxRefusal.of(pod);
    if (sandboxRefusal.isPresent()) {
      return withoutUserNamespace(part, pod, sandboxRefusal.get());
    }
    if (isStuck(pod)) {
      return again(part, lostNode(pod), Optional.of(pod), observed.now());
    }
    return switch (pod.state()) {
      case PodState.Waiting waiting ->
          new Waiting(podStartTimeout, observed.now(), observed.spec()).assess(part, pod, waiting);
      case PodState.Made(var since) -> made(part, pod, since);
      case PodState.Running(var startedAt) -> new Deadline(observed, part).running(pod, startedAt);
      case PodState.Ended ended -> new EndedPod(observed, part, pod, ended).assess();
      case PodState.InitFailed failed ->
          again(
              part,
              new OtherContainers(observed.spec()).failed(pod, failed),
              Optional.of(pod),
              failed.finishedAt());
      case PodState.Lost(var reason, var message) -> lost(part, pod, reason, message);
      case PodState.DeadlineExceeded _ ->
          new GaveUp(new Deadline(observed, part).ofKubelet(), Optional.of(pod));
    };
  }

  private PartState lost(Part part, PodFacts pod, String reason, String message) {
    return new StorageLimit(part, stageName(part), pod)
        .exceeded(message)
        .or(() -> new ForcedBy(pod).ofStart(reason, message))
        .<PartState>map(failure -> new GaveUp(failure, Optional.of(pod)))
        .orElseGet(
            () -> again(part, lost(reason + ": " + message), Optional.of(pod), observed.now()));
  }

  private String stageName(Part part) {
    return part instanceof Part.Stage(var id)
        ? observed.knownPlan().map(plan -> plan.stage(id).name()).orElse(id)
        : "";
  }

  private PartState made(Part part, PodFacts pod, Instant since) {
    return observed.now().isAfter(since.plus(STANDSTILL))
        ? again(
            part,
            lost(
                "NotStarted: the node %s does not start the container that it has made"
                    .formatted(pod.node().orElse("(none)"))),
            Optional.of(pod),
            observed.now())
        : new PartState.UnderWay(pod);
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

  private PartState withoutUserNamespace(Part part, PodFacts pod, String why) {
    var words = "the Pod " + pod.name() + " cannot have a user namespace: " + why;
    return sandboxing.isAuto(part)
        ? again(
            part,
            Failure.of(FailureReason.SandboxUnavailable, words),
            Optional.of(pod),
            observed.now())
        : new GaveUp(
            withoutSandbox(
                words,
                sandboxing.of(part).map(Sandboxing.StageChoice::why).orElse("it is asked for")),
            Optional.of(pod));
  }

  private boolean isRecordedAsDone(Part part) {
    return switch (part) {
      case Part.Prepare _ -> observed.plan() instanceof PlanLookup.Stored;
      // No stage starts before it is done.
      case Part.Check _ ->
          observed
              .previous()
              .filter(status ->
                  status.stages().stream()
                      .anyMatch(stage -> status.attempts().containsKey(stage.id())))
              .isPresent();
      case Part.Stage(var id) ->
          observed.previous().stream()
              .flatMap(status -> status.stages().stream())
              .anyMatch(stage ->
                  stage.id().equals(id) && stage.phase() == StageStatus.StagePhase.Succeeded);
      case Part.Push _ -> false;
    };
  }

  private static boolean isDone(PodFacts pod) {
    return pod.state() instanceof PodState.Ended ended && ended.exitCode() == 0;
  }

  private static Failure lost(String what) {
    return Failure.of(FailureReason.PodLost, what);
  }

  private PartState again(Part part, Failure failure, Optional<PodFacts> pod, Instant endedAt) {
    return new Retry(observed, part).after(failure, pod, endedAt);
  }
}
