package dev.stagewright.controller.decide;

import dev.stagewright.controller.assess.TaskState;
import dev.stagewright.controller.cluster.Cluster.EventDraft;
import dev.stagewright.controller.observe.Observation;
import dev.stagewright.controller.podstatus.PodFacts;
import dev.stagewright.controller.run.Task;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Stream;

/** Collects the actions of a decision, and when to reconcile again. */
final class RunActions {
  private static final Duration RETRY_INTERVAL = Duration.ofSeconds(3);

  private final Observation observed;
  private final List<Action> list = new ArrayList<>();
  private final List<Instant> wakeUps = new ArrayList<>();
  private final Map<String, Integer> attempts = new LinkedHashMap<>();

  RunActions(Observation observed) {
    this.observed = observed;
    observed.previous().ifPresent(status -> attempts.putAll(status.attempts()));
    for (var pod : observed.pods()) {
      attempts.merge(pod.task().pod(), pod.attempt(), Math::max);
    }
  }

  /** Deletes the objects of earlier runs. */
  void deleteSuperseded() {
    observed.superseded().forEach(this::delete);
  }

  private void delete(HasMetadata object) {
    list.add(new Action.Delete(object));
  }

  void createUnless(boolean exists, HasMetadata object) {
    if (!exists) {
      create(object.getMetadata().getName(), object, List.of());
    }
  }

  /** Creates the next Pod of a task, if the task needs one now. */
  void advance(Task task, TaskState state, IntFunction<Pod> pod) {
    advance(task, state, List.of(), pod);
  }

  /**
   * Creates the next Pod of a task, if the task needs one now.
   *
   * @param first objects to create before the Pod
   */
  void advance(Task task, TaskState state, List<HasMetadata> first, IntFunction<Pod> pod) {
    switch (state) {
      case TaskState.NotStarted _ -> start(task, 1, first, pod);
      case TaskState.Retrying(var attempt, var notBefore, _) -> {
        if (observed.now().isBefore(notBefore)) {
          wakeUps.add(notBefore);
        } else {
          stopEarlierAttempts(task);
          start(task, attempt, first, pod);
        }
      }
      case TaskState.Active _, TaskState.Done _, TaskState.Failed _ -> {}
    }
  }

  /** A pending Pod of an earlier attempt would occupy resources and might still start. */
  private void stopEarlierAttempts(Task task) {
    observed.pods().stream()
        .filter(pod -> pod.task().equals(task) && !pod.hasEnded() && !pod.isStopping())
        .forEach(this::stop);
  }

  private void start(Task task, int attempt, List<HasMetadata> first, IntFunction<Pod> pod) {
    if (create(task.pod(), pod.apply(attempt), first)) {
      attempts.merge(task.pod(), attempt, Math::max);
    } else if (attempt > 1) {
      // The attempt before was refused, so no Pod shows that it was made.
      attempts.merge(task.pod(), attempt - 1, Math::max);
    }
  }

  private boolean create(String key, HasMetadata object, List<HasMetadata> first) {
    var rejection = observed.rejections().get(key);
    if (rejection != null) {
      wakeUps.add(rejection.isOfSandbox() ? observed.now() : observed.now().plus(RETRY_INTERVAL));
      return false;
    }
    list.add(new Action.Create(key, object, first));
    return true;
  }

  /** Writes entries into a ConfigMap of the user. */
  void publish(ConfigMap configMap) {
    list.add(new Action.Publish(configMap));
  }

  /** Deletes the claim of the workspace. */
  void reclaimWorkspace() {
    observed.workspace().ifPresent(claim -> list.add(new Action.Reclaim(claim)));
  }

  /** Deletes the objects of the run, but not the ImageBuild, for this reason. */
  void expireObjects(String reason) {
    if (observed.own().isEmpty()) {
      return;
    }
    list.add(
        new Action.RecordEvent(
            new EventDraft(
                false,
                "Kept",
                "spec.ttlAfterFinished deletes the Pods, ConfigMaps and volume of this ImageBuild,"
                    + " but not the ImageBuild: "
                    + reason)));
    observed.own().forEach(this::delete);
  }

  /** Deletes the ImageBuild, or reconciles again soon if it has changed. */
  void expire() {
    list.add(new Action.Expire());
    requeueSoon();
  }

  /** Runs an action at this time; never, if there is no time. */
  void at(Optional<Instant> time, Runnable action) {
    if (time.isEmpty()) {
      return;
    }
    if (observed.now().isBefore(time.get())) {
      wakeUps.add(time.get());
    } else {
      action.run();
    }
  }

  void requeueSoon() {
    requeueAt(observed.now().plus(RETRY_INTERVAL));
  }

  void requeueAt(Instant time) {
    wakeUps.add(time);
  }

  void dropCreations() {
    list.removeIf(Action.Create.class::isInstance);
  }

  /** Deletes a Pod that has not ended. */
  void stop(PodFacts pod) {
    delete(reference(pod));
  }

  /** Ends Pods that only sidecars keep running. */
  void shutDownSidecars() {
    observed.pods().stream()
        .filter(PodFacts::needsShutdown)
        .map(this::reference)
        .distinct()
        .forEach(pod -> list.add(new Action.End(pod)));
  }

  /** Ends a Pod, and keeps it for its logs. Only a kubelet can do that. */
  void end(PodFacts pod) {
    if (pod.isShutDown() || pod.isStopping()) {
      return;
    }
    var reference = reference(pod);
    var action = pod.isScheduled() ? new Action.Stop(reference) : new Action.Delete(reference);
    if (!list.contains(action)) {
      list.add(action);
    }
  }

  /**
   * Ends the worker Pod of a run that has ended, and keeps it for its logs: at this time, its
   * publish container may still wait for a stage.
   */
  void endWorkerOfEndedRun() {
    running().filter(RunActions::isWorker).forEach(this::end);
  }

  /** Stops the Pods of stages of a run that has ended. */
  void stopStagesOfEndedRun() {
    running().filter(pod -> !isWorker(pod) && !pod.isStopping()).forEach(this::stop);
  }

  private Stream<PodFacts> running() {
    return observed.pods().stream().filter(pod -> !pod.hasEnded());
  }

  private static boolean isWorker(PodFacts pod) {
    return pod.task().pod().equals(Task.WORKER);
  }

  /** Deletes Pods that have not ended; the others are kept for their logs. */
  void stopPods() {
    observed.pods().stream()
        .filter(pod -> !pod.hasEnded() && !pod.isStopping())
        .map(this::reference)
        .distinct()
        .forEach(this::delete);
  }

  private Pod reference(PodFacts pod) {
    return new PodBuilder()
        .withNewMetadata()
        .withNamespace(observed.run().namespace())
        .withName(pod.name())
        .withUid(pod.uid())
        .endMetadata()
        .build();
  }

  List<Action> list() {
    return List.copyOf(list);
  }

  /** Times at which to reconcile again. */
  List<Instant> wakeUps() {
    return List.copyOf(wakeUps);
  }

  /** The number of attempts by task, including the Pods to be created. */
  Map<String, Integer> attempts() {
    return new LinkedHashMap<>(attempts);
  }
}
