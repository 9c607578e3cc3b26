package dev.stagewright.controller.decide;

import dev.stagewright.api.v1alpha1.KubernetesDuration;
import dev.stagewright.api.v1alpha1.StageStatus;
import dev.stagewright.api.v1alpha1.StageStatus.StagePhase;
import dev.stagewright.controller.observe.LogTail;
import dev.stagewright.controller.observe.Observation;
import dev.stagewright.controller.observe.PodFacts;
import dev.stagewright.controller.observe.PodState;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.PrintableText;
import dev.stagewright.protocol.SandboxKind;
import dev.stagewright.protocol.StageBase;
import dev.stagewright.protocol.StagePlan;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Fills in the entries of {@code status.stages} from what plan and Pods say. */
record StageEntries(Observation observed, BuildPlan plan) {
  /** Bytes; words of nodes and registries among them have any length. */
  private static final int LARGEST_MESSAGE = 4096;

  /** Of a stage that has a Pod. */
  StageStatus entry(
      StagePlan stage,
      PodFacts pod,
      StagePhase phase,
      @Nullable String reason,
      @Nullable String message) {
    return entry(stage, pod, pod.sandbox(), phase, null, reason, message);
  }

  StageStatus entry(
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
        base(plan, stage),
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
        printable(message),
        null,
        duration(pod).orElse(null),
        null);
  }

  /** Of a stage without a Pod. */
  StageStatus bare(
      StagePlan stage, StagePhase phase, @Nullable String reason, @Nullable String message) {
    return new StageStatus(
        stage.id(),
        stage.name(),
        base(plan, stage),
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
        printable(message),
        null,
        null,
        null);
  }

  private static @Nullable String printable(@Nullable String message) {
    return message == null ? null : PrintableText.message(message, LARGEST_MESSAGE);
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
      case PodState.Waiting _,
          PodState.Created _,
          PodState.InitFailed _,
          PodState.Lost _,
          PodState.DeadlineExceeded _ ->
          Optional.empty();
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
        .flatMap(LogTail::step)
        .or(() ->
            previous(stage)
                .filter(before -> pod.name().equals(before.pod()))
                .flatMap(before -> Optional.ofNullable(before.step())));
  }

  /** What the status has said so far. */
  Optional<StageStatus> previous(StagePlan stage) {
    return observed.previous().stream()
        .flatMap(status -> status.stages().stream())
        .filter(entry -> entry.id().equals(stage.id()))
        .findFirst();
  }
}
