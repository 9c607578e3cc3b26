package dev.stagewright.controller.decide;

import dev.stagewright.controller.cluster.Cluster.EventDraft;
import dev.stagewright.controller.observe.Observation;
import dev.stagewright.controller.observe.PodFacts;
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

/** Collects what is to be done, and what follows from that. */
final class RunActions {
  private static final Duration SOON = Duration.ofSeconds(3);

  private final Observation observed;
  private final List<Action> list = new ArrayList<>();
  private final List<Instant> wakeUps = new ArrayList<>();
  private final Map<String, Integer> attempts = new LinkedHashMap<>();

  RunActions(Observation observed) {
    this.observed = observed;
    observed.previous().ifPresent(status -> attempts.putAll(status.attempts()));
    for (var pod : observed.pods()) {
      attempts.merge(pod.task().key(), pod.attempt(), Math::max);
    }
  }

  void delete(HasMetadata object) {
    list.add(new Action.Delete(object));
  }

  void createUnless(boolean isThere, HasMetadata object) {
    if (!isThere) {
      create(object.getMetadata().getName(), object, List.of());
    }
  }

  /** Starts a part's Pod where the part wants one. */
  void advance(Task task, TaskState state, IntFunction<Pod> pod) {
    advance(task, state, List.of(), pod);
  }

  /**
   * The same.
   *
   * @param first what has to be there before the Pod
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

  /** One that never started would still hold its place, and might start after all. */
  private void stopEarlierAttempts(Task task) {
    observed.pods().stream()
        .filter(pod -> pod.task().equals(task) && !pod.isOver() && !pod.stopping())
        .forEach(this::stop);
  }

  private void start(Task task, int attempt, List<HasMetadata> first, IntFunction<Pod> pod) {
    if (create(task.key(), pod.apply(attempt), first)) {
      attempts.merge(task.key(), attempt, Math::max);
    }
  }

  private boolean create(String key, HasMetadata object, List<HasMetadata> first) {
    var refusal = observed.refusals().get(key);
    if (refusal != null) {
      wakeUps.add(refusal.isOfSandbox() ? observed.now() : observed.now().plus(SOON));
      return false;
    }
    list.add(new Action.Create(key, object, first));
    return true;
  }

  /** Writes into a ConfigMap of the user's. */
  void publish(ConfigMap configMap) {
    list.add(new Action.Publish(configMap));
  }

  /** Deletes the claim of the workspace; there is one. */
  void reclaimWorkspace() {
    observed.workspace().ifPresent(claim -> list.add(new Action.Reclaim(claim)));
  }

  /** Deletes all objects of the run in place of its ImageBuild, which a tool would create again. */
  void expireObjects(String tool) {
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
                    + tool
                    + " applies it, and would have it built again")));
    observed.own().forEach(this::delete);
  }

  /** Deletes the ImageBuild. Where it has changed meanwhile, the change is looked at soon. */
  void expire() {
    list.add(new Action.Expire());
    lookAgainSoon();
  }

  /** Does something once its time has come; where it has none, never. */
  void at(Optional<Instant> moment, Runnable action) {
    if (moment.isEmpty()) {
      return;
    }
    if (observed.now().isBefore(moment.get())) {
      wakeUps.add(moment.get());
    } else {
      action.run();
    }
  }

  void lookAgainSoon() {
    wakeUps.add(observed.now().plus(SOON));
  }

  void dropCreations() {
    list.removeIf(Action.Create.class::isInstance);
  }

  /** Ends a Pod whose place is needed. */
  void stop(PodFacts pod) {
    delete(named(pod));
  }

  /** Ends Pods that only containers of others keep running. */
  void endPods() {
    observed.pods().stream()
        .filter(PodFacts::endIsDue)
        .forEach(pod -> list.add(new Action.End(named(pod))));
  }

  /** Stops what still runs; Pods that are over are kept for their logs. */
  void stopPods() {
    for (var pod : observed.pods()) {
      if (!pod.isOver() && !pod.stopping()) {
        stop(pod);
      }
    }
  }

  private Pod named(PodFacts pod) {
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

  /** Moments at which there will be something to do. */
  List<Instant> wakeUps() {
    return List.copyOf(wakeUps);
  }

  /** How many Pods each part will have had. */
  Map<String, Integer> attempts() {
    return new LinkedHashMap<>(attempts);
  }
}
