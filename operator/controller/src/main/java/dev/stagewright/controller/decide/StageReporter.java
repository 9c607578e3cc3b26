package dev.stagewright.controller.decide;

import dev.stagewright.api.v1alpha1.KubernetesDuration;
import dev.stagewright.api.v1alpha1.StageStatus;
import dev.stagewright.api.v1alpha1.StageStatus.StagePhase;
import dev.stagewright.controller.observe.LogFacts;
import dev.stagewright.controller.observe.Observation;
import dev.stagewright.controller.observe.PodFacts;
import dev.stagewright.controller.observe.PodRemoval;
import dev.stagewright.controller.observe.PodState;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.SandboxKind;
import dev.stagewright.protocol.StageBase;
import dev.stagewright.protocol.StagePlan;
import dev.stagewright.protocol.Termination;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says of each stage how far it is.
 *
 * @param runEnds whether the run ends with this, so that what is not done never will be
 */
record StageReporter(Observation observed, StageBoard board, boolean runEnds) {

  List<StageStatus> report() {
    return board.plan().stages().stream()
        .flatMap(stage -> new SharedPod(observed, board, stage).entries(report(stage)).stream())
        .toList();
  }

  private StageStatus report(StagePlan stage) {
    var previous = previous(stage);
    return switch (board.state(stage.id())) {
      case PartState.NotStarted _ -> notStarted(stage);
      case PartState.UnderWay(var pod) -> underWay(stage, pod);
      case PartState.Done(var words, var pod) ->
          pod.map(it -> done(stage, it, words))
              .or(() -> previous)
              .orElseGet(() -> bare(stage, StagePhase.Succeeded, null, null));
      case PartState.Again _ when !runEnds && !board.mayStart(stage) -> notStarted(stage);
      case PartState.Again(var attempt, _, var why) ->
          bare(
              stage,
              runEnds ? StagePhase.Cancelled : StagePhase.Pending,
              "Retrying",
              "attempt " + attempt + " follows: " + why);
      case PartState.GaveUp(var failure, var pod) -> {
        var reason = failure.reason().name();
        yield pod.map(it -> entry(stage, it, StagePhase.Failed, reason, failure.message()))
            .orElseGet(() -> bare(stage, StagePhase.Failed, reason, failure.message()));
      }
    };
  }

  private StageStatus done(StagePlan stage, PodFacts pod, Optional<Termination> words) {
    return words.orElse(null) instanceof Termination.Staged staged
        ? entry(
            stage,
            pod,
            Optional.of(staged.sandbox()),
            StagePhase.Succeeded,
            staged.layerBytes() + staged.exportedBytes(),
            null,
            null)
        : entry(stage, pod, StagePhase.Succeeded, null, null);
  }

  private StageStatus notStarted(StagePlan stage) {
    if (runEnds) {
      return bare(stage, StagePhase.Cancelled, null, null);
    }
    var refusal = Optional.ofNullable(observed.refusals().get(stage.id()));
    if (refusal.isPresent()) {
      return bare(stage, StagePhase.Pending, refusal.get().reason(), refusal.get().message());
    }
    return board
        .blocker(stage)
        .filter(_ -> !board.mayStart(stage))
        .map(name -> bare(stage, StagePhase.Waiting, "WaitsForStage", "waits for stage " + name))
        .orElseGet(() -> bare(stage, StagePhase.Pending, null, null));
  }

  private StageStatus underWay(StagePlan stage, PodFacts pod) {
    if (runEnds) {
      return entry(stage, pod, StagePhase.Cancelled, null, null);
    }
    return switch (pod.state()) {
      case PodState.Waiting waiting ->
          entry(
              stage,
              pod,
              StagePhase.Pending,
              waiting.hitch().map(PodState.Hitch::reason).orElse(null),
              waiting.hitch().map(PodState.Hitch::message).orElse(null));
      default ->
          entry(
              stage,
              pod,
              StagePhase.Running,
              pod.removal().map(PodRemoval::reason).orElse(null),
              pod.removal().map(PodRemoval::message).orElse(null));
    };
  }

  private StageStatus entry(
      StagePlan stage,
      PodFacts pod,
      StagePhase phase,
      @Nullable String reason,
      @Nullable String message) {
    return entry(stage, pod, pod.sandbox(), phase, null, reason, message);
  }

  private StageStatus entry(
      StagePlan stage,
      PodFacts pod,
      Optional<SandboxKind> sandbox,
      StagePhase phase,
      @Nullable Long size,
      @Nullable String reason,
      @Nullable String message) {
    return new StageStatus(
        stage.id(),
        stage.name(),
        base(board.plan(), stage),
        baseSize(stage),
        pod.name(),
        pod.node().orElse(null),
        sandbox.map(SandboxKind::apiName).orElse(null),
        phase,
        startTime(pod).map(Instant::toString).orElse(null),
        completionTime(pod).map(Instant::toString).orElse(null),
        step(stage, pod, phase).orElse(null),
        size,
        reason,
        message,
        null,
        duration(pod).orElse(null),
        null);
  }

  private StageStatus bare(
      StagePlan stage, StagePhase phase, @Nullable String reason, @Nullable String message) {
    return new StageStatus(
        stage.id(),
        stage.name(),
        base(board.plan(), stage),
        baseSize(stage),
        null,
        null,
        null,
        phase,
        null,
        null,
        null,
        null,
        reason,
        message,
        null,
        null,
        null);
  }

  private static String base(BuildPlan plan, StagePlan stage) {
    return switch (stage.base()) {
      case StageBase.Scratch _ -> "scratch";
      case StageBase.Stage(var parent) -> plan.stage(parent).name();
      case StageBase.Image image -> image.pinned().toString();
    };
  }

  private static long baseSize(StagePlan stage) {
    return stage.base() instanceof StageBase.Image image
        ? image.layers().stream().mapToLong(layer -> layer.blob().size()).sum()
        : 0;
  }

  private static Optional<Instant> startTime(PodFacts pod) {
    return switch (pod.state()) {
      case PodState.Running(var startedAt) -> Optional.of(startedAt);
      case PodState.Ended ended -> Optional.of(ended.startedAt());
      case PodState.Waiting _, PodState.Lost _, PodState.DeadlineExceeded _ -> Optional.empty();
    };
  }

  private static Optional<Instant> completionTime(PodFacts pod) {
    return pod.state() instanceof PodState.Ended ended
        ? Optional.of(ended.finishedAt())
        : Optional.empty();
  }

  private static Optional<String> duration(PodFacts pod) {
    return startTime(pod)
        .flatMap(start -> completionTime(pod).map(end -> Duration.between(start, end)))
        .map(KubernetesDuration::format);
  }

  /**
   * One that is done was at its last step. A log that is quiet for long has no marker among its
   * last lines: the step is the last known.
   */
  private Optional<String> step(StagePlan stage, PodFacts pod, StagePhase phase) {
    if (phase == StagePhase.Succeeded) {
      return Optional.of(stage.lastStep(stage.members().getLast()).step());
    }
    return Optional.ofNullable(observed.logs().get(pod.name()))
        .flatMap(LogFacts::step)
        .or(() ->
            previous(stage)
                .filter(before -> pod.name().equals(before.pod()))
                .flatMap(before -> Optional.ofNullable(before.step())));
  }

  private Optional<StageStatus> previous(StagePlan stage) {
    return observed.previous().stream()
        .flatMap(status -> status.stages().stream())
        .filter(entry -> entry.id().equals(stage.id()))
        .findFirst();
  }
}
