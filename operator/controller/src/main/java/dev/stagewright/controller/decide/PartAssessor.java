package dev.stagewright.controller.decide;

import dev.stagewright.api.v1alpha1.ImageBuildSpec;
import dev.stagewright.api.v1alpha1.StageStatus;
import dev.stagewright.controller.decide.PartState.Again;
import dev.stagewright.controller.decide.PartState.Done;
import dev.stagewright.controller.decide.PartState.GaveUp;
import dev.stagewright.controller.observe.LastWords;
import dev.stagewright.controller.observe.Observation;
import dev.stagewright.controller.observe.Observation.PlanLookup;
import dev.stagewright.controller.observe.PodFacts;
import dev.stagewright.controller.observe.PodState;
import dev.stagewright.controller.run.Part;
import dev.stagewright.protocol.Failure;
import dev.stagewright.protocol.FailureReason;
import dev.stagewright.protocol.SandboxKind;
import dev.stagewright.protocol.Termination;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Judges how far a part is.
 *
 * <p>A user's mistake is final; a fault of the infrastructure is worth another Pod, a few times.
 *
 * @param podStartTimeout how long a Pod that has a node may fail to start
 * @param sandboxing says what becomes of a Pod that does not get its user namespace
 */
record PartAssessor(Observation observed, Duration podStartTimeout, Sandboxing sandboxing) {
  /** The second attempt comes this long after the first; the third twice as long after that. */
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);

  /** What another Pod, or another kind of Pod, may get around at once. */
  private static final Set<FailureReason> WITHOUT_PAUSE =
      Set.of(FailureReason.PodLost, FailureReason.SandboxUnavailable);

  PartState assess(Part part) {
    var refusal = Optional.ofNullable(observed.refusals().get(part.key()));
    if (refusal.isPresent() && !refusal.get().passing()) {
      return new GaveUp(refused(part, refusal.get().message()), Optional.empty());
    }
    return observed.latest(part).map(pod -> withPod(part, pod)).orElseGet(() -> withoutPod(part));
  }

  private Failure refused(Part part, String message) {
    var words = "the API server refuses the Pod: " + message;
    return part instanceof Part.Stage && sandboxing.kind() == SandboxKind.USER_NAMESPACE
        ? withoutSandbox(words)
        : Failure.of(FailureReason.PodNotStarted, words);
  }

  private Failure withoutSandbox(String why) {
    return Failure.of(
        FailureReason.SandboxUnavailable,
        why
            + " (the sandbox is userNamespace, since "
            + sandboxing.status().message()
            + "; auto takes what there is)");
  }

  private PartState withoutPod(Part part) {
    if (isRecordedAsDone(part)) {
      return new Done(Optional.empty(), Optional.empty());
    }
    var attempts = observed.attempts(part);
    return attempts == 0
        ? new PartState.NotStarted()
        : again(part, lost("the Pod was deleted"), Optional.empty(), observed.now());
  }

  private PartState withPod(Part part, PodFacts pod) {
    if (isRecordedAsDone(part) && !isDone(pod)) {
      return new Done(Optional.empty(), Optional.empty());
    }
    var sandboxRefusal = SandboxRefusal.of(pod);
    if (sandboxRefusal.isPresent()) {
      return withoutUserNamespace(part, pod, sandboxRefusal.get());
    }
    return switch (pod.state()) {
      case PodState.Waiting waiting -> waiting(part, pod, waiting);
      case PodState.Running _ -> new PartState.UnderWay(pod);
      case PodState.Ended ended -> ended(part, pod, ended);
      case PodState.Lost(var reason, var message) ->
          again(part, lost(reason + ": " + message), Optional.of(pod), observed.now());
      case PodState.DeadlineExceeded _ ->
          new GaveUp(
              Failure.of(
                  FailureReason.Timeout,
                  "not done within spec.timeout, " + observed.spec().timeout()),
              Optional.of(pod));
    };
  }

  private PartState withoutUserNamespace(Part part, PodFacts pod, String why) {
    var words = "the Pod " + pod.name() + " cannot have a user namespace: " + why;
    return sandboxing.isAuto()
        ? again(
            part,
            Failure.of(FailureReason.SandboxUnavailable, words),
            Optional.of(pod),
            observed.now())
        : new GaveUp(withoutSandbox(words), Optional.of(pod));
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

  private PartState waiting(Part part, PodFacts pod, PodState.Waiting waiting) {
    var hitch = waiting.hitch();
    var isLate = observed.now().isAfter(waiting.since().plus(podStartTimeout));
    if (!waiting.scheduled() || hitch.isEmpty() || !isLate) {
      return new PartState.UnderWay(pod);
    }
    var reason = notStarted(part, hitch.get());
    var message =
        "the Pod %s does not start: %s: %s"
            .formatted(pod.name(), hitch.get().reason(), hitch.get().message());
    return new GaveUp(Failure.of(reason, message), Optional.of(pod));
  }

  private static FailureReason notStarted(Part part, PodState.Hitch hitch) {
    if (hitch.reason().equals(FailureReason.SecretNotFound.name())) {
      return FailureReason.SecretNotFound;
    }
    return hitch.reason().contains("Image") && part instanceof Part.Stage
        ? FailureReason.BaseImageUnavailable
        : FailureReason.PodNotStarted;
  }

  private PartState ended(Part part, PodFacts pod, PodState.Ended ended) {
    var words = LastWords.parse(ended.message());
    if (ended.exitCode() == 0) {
      return done(part, pod, words);
    }
    var failure =
        words
            .filter(Termination.Failed.class::isInstance)
            .map(failed -> ((Termination.Failed) failed).failure())
            .orElseGet(() -> silent(part, ended));
    return failure.reason().fault() == FailureReason.Fault.INFRASTRUCTURE
        ? again(part, failure, Optional.of(pod), ended.finishedAt())
        : new GaveUp(failure, Optional.of(pod));
  }

  private PartState done(Part part, PodFacts pod, Optional<Termination> words) {
    var fits =
        switch (part) {
          case Part.Prepare _ -> words.orElse(null) instanceof Termination.Prepared;
          case Part.Check _ -> words.orElse(null) instanceof Termination.Checked;
          case Part.Stage _ -> words.orElse(null) instanceof Termination.Staged;
          case Part.Push _ -> words.orElse(null) instanceof Termination.Pushed;
        };
    if (!fits) {
      return new GaveUp(
          Failure.of(
              FailureReason.Internal,
              "the Pod " + pod.name() + " ended well but did not say with what"),
          Optional.of(pod));
    }
    return part instanceof Part.Prepare && observed.plan() instanceof PlanLookup.Missing
        ? again(part, lost("its log does not hold the plan"), Optional.of(pod), observed.now())
        : new Done(words, Optional.of(pod));
  }

  /** A container that was ended before it could say why. */
  private static Failure silent(Part part, PodState.Ended ended) {
    if (ended.reason().equals("OOMKilled")) {
      return Failure.of(
          FailureReason.OutOfMemory,
          "the container was killed because it used more memory than its limit");
    }
    var how =
        "exit code " + ended.exitCode() + (ended.reason().isEmpty() ? "" : " ") + ended.reason();
    var isInfrastructure = ended.exitCode() == part.phase().exitCode(FailureReason.PodLost);
    return isInfrastructure
        ? Failure.of(FailureReason.PodLost, "the container ended with " + how)
        : Failure.of(
            FailureReason.Internal,
            "the container ended with " + how + " without saying why; its log may tell");
  }

  private static Failure lost(String what) {
    return Failure.of(FailureReason.PodLost, what);
  }

  private PartState again(Part part, Failure failure, Optional<PodFacts> pod, Instant endedAt) {
    var attempts = observed.attempts(part);
    if (attempts > retries()) {
      return new GaveUp(afterAllAttempts(failure, attempts), pod);
    }
    var pause = FIRST_PAUSE.multipliedBy(attempts);
    var notBefore = WITHOUT_PAUSE.contains(failure.reason()) ? observed.now() : endedAt.plus(pause);
    return new Again(attempts + 1, notBefore, failure.message());
  }

  private int retries() {
    return Objects.requireNonNullElse(observed.spec().retries(), ImageBuildSpec.DEFAULT_RETRIES);
  }

  private static Failure afterAllAttempts(Failure failure, int attempts) {
    return new Failure(
        failure.reason(),
        failure.message() + " (tried " + attempts + (attempts == 1 ? " time)" : " times)"),
        failure.stage(),
        failure.position(),
        failure.exitCode());
  }
}
