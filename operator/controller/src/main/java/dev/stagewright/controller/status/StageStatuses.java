package dev.stagewright.controller.status;

import dev.stagewright.api.v1alpha1.KubernetesDuration;
import dev.stagewright.api.v1alpha1.StageStatus;
import dev.stagewright.api.v1alpha1.StageStatus.RunsIn;
import dev.stagewright.api.v1alpha1.StageStatus.StagePhase;
import dev.stagewright.api.v1alpha1.StageStatusBuilder;
import dev.stagewright.controller.assess.StageStates;
import dev.stagewright.controller.assess.TaskState;
import dev.stagewright.controller.logs.LogTail;
import dev.stagewright.controller.observe.AwaitedBuild;
import dev.stagewright.controller.observe.Observation;
import dev.stagewright.controller.podstatus.PodFacts;
import dev.stagewright.controller.podstatus.PodState;
import dev.stagewright.controller.podstatus.WaitingReason.Known;
import dev.stagewright.protocol.BuildPlan;
import dev.stagewright.protocol.PrintableText;
import dev.stagewright.protocol.SandboxKind;
import dev.stagewright.protocol.StageBase;
import dev.stagewright.protocol.StageCache;
import dev.stagewright.protocol.StagePlan;
import dev.stagewright.protocol.Termination;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Builds the entries of {@code status.stages} from the plan and the states of its stages.
 *
 * @param runEnds whether the run ends now, so that stages that are not done are cancelled
 */
record StageStatuses(Observation observed, StageStates states, boolean runEnds) {
  /** Messages of nodes and registries can have any length. */
  private static final int MAX_MESSAGE_BYTES = 4096;

  List<StageStatus> list() {
    return states.plan().stages().stream()
        .flatMap(stage -> new CachedStages(observed, stage).addTo(statuses(stage)).stream())
        .toList();
  }

  private List<StageStatus> statuses(StagePlan stage) {
    return stage.members().size() == 1
        ? List.of(status(stage))
        : new SharedPodStages(observed, states, stage).split(status(stage));
  }

  private StageStatus status(StagePlan stage) {
    return switch (states.state(stage.id())) {
      case TaskState.NotStarted _ -> notStarted(stage);
      case TaskState.Active(var pod) -> active(stage, pod);
      case TaskState.Done(var result, var pod) ->
          pod.map(it -> done(stage, it, result))
              .or(() -> recorded(stage))
              .orElseGet(() -> withoutContainer(stage));
      case TaskState.Retrying _ when !runEnds && !states.mayStart(stage) -> notStarted(stage);
      case TaskState.Retrying(var attempt, _, var why) ->
          explained(
              withoutPod(stage, runEnds ? StagePhase.Cancelled : StagePhase.Pending),
              Known.Retrying.name(),
              "attempt " + attempt + " follows: " + why);
      case TaskState.Failed(var failure, var pod) ->
          explained(
              pod.map(it -> withPod(stage, it, StagePhase.Failed))
                  .orElseGet(() -> withoutPod(stage, StagePhase.Failed)),
              failure.reason().name(),
              failure.message());
    };
  }

  /** A stage that is done without its Pod: all of it is cached, or its Pod is gone. */
  private StageStatus withoutContainer(StagePlan stage) {
    var status = withoutPod(stage, StagePhase.Succeeded);
    return observed.stageCache(stage.id()).filter(StageCache::complete).isEmpty()
        ? status.build()
        : status
            .runsIn(null)
            .completionTime(now())
            .step(stage.lastStep(stage.members().getLast()).step())
            .build();
  }

  private Optional<StageStatus> recorded(StagePlan stage) {
    return previous(stage).filter(it -> it.phase() == StagePhase.Succeeded);
  }

  private StageStatus done(StagePlan stage, PodFacts pod, Optional<Termination> result) {
    var recorded = recorded(stage);
    if (stage.runsInWorker() && recorded.isPresent()) {
      return recorded.get();
    }
    var status = withPod(stage, pod, StagePhase.Succeeded);
    if (stage.runsInWorker() || pod.finishedAt().isEmpty()) {
      status.completionTime(now());
    }
    return result.orElse(null) instanceof Termination.Staged staged
        ? status
            .sandbox(stage.runsInWorker() ? null : staged.sandbox().apiName())
            .size(staged.layerBytes() + staged.exportedBytes())
            .build()
        : status.build();
  }

  private StageStatus notStarted(StagePlan stage) {
    if (runEnds) {
      return withoutPod(stage, StagePhase.Cancelled).build();
    }
    var rejection = Optional.ofNullable(observed.rejections().get(stage.id()));
    if (rejection.isPresent()) {
      return explained(
          withoutPod(stage, StagePhase.Pending),
          rejection.get().reason().name(),
          rejection.get().message());
    }
    if (states.isLookupPending(stage)) {
      return lookedUp(stage);
    }
    var awaited = states.awaitedBuild(stage);
    if (awaited.isPresent()) {
      return waiting(stage, awaited.get());
    }
    return states
        .blocker(stage)
        .filter(_ -> !states.mayStart(stage))
        .map(name -> waiting(stage, name))
        .orElseGet(() -> withoutPod(stage, StagePhase.Pending).build());
  }

  /** A stage that copies files may be looked up only when these files are there. */
  private StageStatus lookedUp(StagePlan stage) {
    var waited = previous(stage).filter(it -> Known.WaitsForBuild.name().equals(it.reason()));
    if (waited.isPresent()) {
      return waiting(stage, new AwaitedBuild(Optional.empty(), Optional.empty()));
    }
    var blocker = states.blocker(stage).filter(_ -> !states.hasNeeds(stage));
    return explained(
        withoutPod(stage, StagePhase.Waiting),
        (blocker.isPresent() ? Known.WaitsForStage : Known.WaitsForCache).name(),
        blocker
            .map(name -> "waits for stage " + name + ", whose files decide which steps are cached")
            .orElse("its steps are being looked up in the cache"));
  }

  private StageStatus waiting(StagePlan stage, AwaitedBuild build) {
    return explained(
        withoutPod(stage, StagePhase.Waiting),
        Known.WaitsForBuild.name(),
        build
            .name()
            .map(name -> "waits for ImageBuild " + name + ", which runs the same instructions")
            .or(() -> previous(stage).flatMap(it -> Optional.ofNullable(it.message())))
            .orElse("waits for another ImageBuild, which runs the same instructions"));
  }

  private StageStatus waiting(StagePlan stage, String other) {
    return explained(
        withoutPod(stage, StagePhase.Waiting),
        Known.WaitsForStage.name(),
        "waits for stage " + other);
  }

  private StageStatus active(StagePlan stage, PodFacts pod) {
    if (runEnds) {
      return withPod(stage, pod, StagePhase.Cancelled).build();
    }
    var blocker = stage.runsInWorker() ? states.blocker(stage) : Optional.<String>empty();
    if (blocker.isPresent()) {
      return waiting(stage, blocker.get());
    }
    return switch (pod.state()) {
      case PodState.Pending(_, _, var cause) -> {
        var status = withPod(stage, pod, StagePhase.Pending);
        yield cause
            .map(it -> explained(status, it.reason().name(), it.message()))
            .orElseGet(status::build);
      }
      case PodState.Created _ -> withPod(stage, pod, StagePhase.Pending).build();
      case PodState.Running _, PodState.Ended _ -> {
        var status = withPod(stage, pod, StagePhase.Running);
        yield pod.deletion()
            .map(deletion -> explained(status, deletion.reason(), deletion.message()))
            .orElseGet(status::build);
      }
    };
  }

  private StageStatusBuilder withoutPod(StagePlan stage, StagePhase phase) {
    return StageStatus.builder(stage.id(), stage.name(), base(states.plan(), stage), phase)
        .baseSize(baseSize(stage))
        .runsIn(stage.runsInWorker() ? RunsIn.Worker : RunsIn.Pod);
  }

  private StageStatusBuilder withPod(StagePlan stage, PodFacts pod, StagePhase phase) {
    var status = withoutPod(stage, phase).pod(pod.name()).node(pod.node().orElse(null));
    return stage.runsInWorker()
        // The container started long before the stage.
        ? status
            .startTime(previous(stage).map(StageStatus::startTime).orElseGet(this::now))
            .step(step(stage, pod, phase).orElse(null))
        : withContainer(status, stage, pod, phase);
  }

  private String now() {
    return observed.now().truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private StageStatusBuilder withContainer(
      StageStatusBuilder status, StagePlan stage, PodFacts pod, StagePhase phase) {
    return status
        .sandbox(pod.sandbox().map(SandboxKind::apiName).orElse(null))
        .startTime(pod.startedAt().map(Instant::toString).orElse(null))
        .completionTime(pod.finishedAt().map(Instant::toString).orElse(null))
        .duration(duration(pod).orElse(null))
        .peakMemory(pod.report().flatMap(Termination::peakMemory).orElse(null))
        .step(step(stage, pod, phase).orElse(null));
  }

  private static StageStatus explained(StageStatusBuilder status, String reason, String message) {
    return status.reason(reason).message(PrintableText.message(message, MAX_MESSAGE_BYTES)).build();
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

  private static Optional<String> duration(PodFacts pod) {
    return pod.startedAt()
        .flatMap(start -> pod.finishedAt().map(end -> Duration.between(start, end)))
        .map(KubernetesDuration::format);
  }

  /**
   * The current step; the last one of a stage that is done. If the end of the log has no step
   * marker, because the step prints a lot, this is the step that the status has recorded.
   */
  private Optional<String> step(StagePlan stage, PodFacts pod, StagePhase phase) {
    if (phase == StagePhase.Succeeded) {
      return Optional.of(stage.lastStep(stage.members().getLast()).step());
    }
    return observed
        .logs()
        .tail(pod)
        // The log of publish contains the steps of all stages in the worker Pod.
        .filter(log -> !stage.runsInWorker() || log.stage().equals(Optional.of(stage.name())))
        .flatMap(LogTail::step)
        .or(() ->
            previous(stage)
                .filter(status -> pod.name().equals(status.pod()))
                .flatMap(status -> Optional.ofNullable(status.step())));
  }

  private Optional<StageStatus> previous(StagePlan stage) {
    return observed.previous().stream()
        .flatMap(status -> status.stages().stream())
        .filter(status -> status.id().equals(stage.id()))
        .findFirst();
  }
}
