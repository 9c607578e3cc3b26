package dev.stagewright.controller.sharing;

import dev.stagewright.controller.decide.Action;
import dev.stagewright.controller.decide.Decision;
import dev.stagewright.controller.observe.Observation;
import dev.stagewright.controller.podstatus.PodFacts;
import dev.stagewright.controller.podstatus.PodState;
import dev.stagewright.controller.podstatus.WaitingReason.Known;
import dev.stagewright.controller.run.BuildRun;
import dev.stagewright.controller.run.CacheUse;
import dev.stagewright.controller.run.Labels;
import dev.stagewright.controller.run.Task;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the stages of a run do at one time.
 *
 * @param run the run
 * @param since when it started
 * @param stages stages that are of interest to other runs
 * @param now time of the observation
 */
public record RunWork(BuildRun run, Instant since, List<StageWork> stages, Instant now) {
  /** The oldest run first. */
  static final Comparator<RunWork> BY_AGE =
      Comparator.comparing(RunWork::since).thenComparing(work -> work.run().uid());

  /** A Pod that has not started after this time for a known cause is not waited for. */
  private static final Duration PENDING = Duration.ofSeconds(10);

  /** Copies the list. */
  public RunWork {
    stages = List.copyOf(stages);
  }

  /**
   * The work of a run.
   *
   * @param decision what happens if no stage waits for another run
   */
  public static RunWork of(Observation observed, Decision decision) {
    var stages =
        observed.cacheUse() == CacheUse.NONE
            ? List.<StageWork>of()
            : Stream.concat(existing(observed), starting(observed, decision)).toList();
    return new RunWork(observed.run(), observed.startedAt(), stages, observed.now());
  }

  /** The stages whose first Pod is created now. A later Pod continues what the first one began. */
  private static Stream<StageWork> starting(Observation observed, Decision decision) {
    return decision.actions().stream()
        .filter(Action.Create.class::isInstance)
        .map(Action.Create.class::cast)
        .filter(action -> action.object() instanceof Pod pod && isFirst(pod))
        .map(Action.Create::key)
        .filter(id -> !id.equals(Task.WORKER))
        .map(id -> {
          var state = waited(observed, id) ? StageWork.State.WAITED : StageWork.State.READY;
          return new StageWork(id, observed.stageCache(id), state);
        });
  }

  private static boolean isFirst(Pod pod) {
    return "1".equals(pod.getMetadata().getLabels().get(Labels.ATTEMPT));
  }

  private static boolean waited(Observation observed, String id) {
    return observed.previous().stream()
        .flatMap(status -> status.stages().stream())
        .filter(stage -> stage.id().equals(id))
        .anyMatch(stage -> Known.WaitsForBuild.name().equals(stage.reason()));
  }

  private static Stream<StageWork> existing(Observation observed) {
    var works = new ArrayList<StageWork>();
    var records = observed.latest(new Task.Publish()).filter(RunWork::isAlive).isPresent();
    observed.pods().stream()
        .map(PodFacts::task)
        .filter(Task.Stage.class::isInstance)
        .distinct()
        .flatMap(task -> observed.latest(task).stream())
        .forEach(pod -> {
          var id = pod.task().key();
          if (pod.isCompleted() || observed.stageResult(id).isPresent()) {
            works.add(new StageWork(id, observed.stageCache(id), StageWork.State.DONE));
          } else if (records && isAlive(pod) && !isStuck(pod, observed.now())) {
            works.add(new StageWork(id, observed.stageCache(id), StageWork.State.AT_WORK));
          }
        });
    return works.stream();
  }

  private static boolean isAlive(PodFacts pod) {
    return !pod.hasEnded() && !pod.isStopping();
  }

  private static boolean isStuck(PodFacts pod, Instant now) {
    return pod.state() instanceof PodState.Pending(_, _, var cause)
        && cause.isPresent()
        && now.isAfter(pod.createdAt().plus(PENDING));
  }
}
