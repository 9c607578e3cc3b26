package dev.stagewright.controller;

import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.controller.cluster.Cluster;
import dev.stagewright.controller.cluster.Cluster.Creation;
import dev.stagewright.controller.decide.Action;
import dev.stagewright.controller.observe.CacheClaim;
import dev.stagewright.controller.observe.RejectedCreation;
import dev.stagewright.controller.observe.Rejection;
import dev.stagewright.controller.pods.LimitRangeFit;
import dev.stagewright.controller.pods.StagePod;
import dev.stagewright.controller.podstatus.WaitingReason.Known;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Executes the actions of a decision about an ImageBuild. */
record ActionExecutor(Cluster cluster, ImageBuild build) {

  /**
   * Executes all actions, in order.
   *
   * @return the objects that the API server refused to create, by the key of the action
   */
  Map<String, Rejection> execute(List<Action> actions) {
    var rejections = new LinkedHashMap<String, Rejection>();
    var missing = new LinkedHashMap<String, Rejection>();
    for (var action : actions) {
      switch (action) {
        case Action.Create create -> {
          if (!(create.object() instanceof Pod)) {
            create(create, missing);
          } else if (missing.isEmpty()) {
            create(create, rejections);
          } else {
            // Pods use the claim and the ConfigMaps of the run, which are created before them.
            rejections.put(create.key(), missing.firstEntry().getValue());
          }
        }
        case Action.Publish(var configMap) -> {
          var name = configMap.getMetadata().getName();
          rejection(name, cluster.publish(configMap))
              .ifPresent(rejection -> rejections.put(name, rejection));
        }
        case Action.Delete(var object) -> cluster.delete(object);
        case Action.End(var pod) -> cluster.end(pod);
        case Action.Stop(var pod) -> {
          if (!cluster.end(pod)) {
            cluster.delete(pod);
          }
        }
        case Action.Reclaim(var claim) -> cluster.reclaim(claim);
        case Action.RecordEvent(var event) -> cluster.recordEvent(build, event);
        case Action.Expire _ -> cluster.deleteUnchanged(build);
      }
    }
    missing.putAll(rejections);
    return missing;
  }

  /** Creates the objects of an action up to the first one that is refused. */
  private void create(Action.Create action, Map<String, Rejection> rejections) {
    for (var object : (Iterable<HasMetadata>) objects(action)::iterator) {
      var name = object.getMetadata().getName();
      var rejection = rejection(name, created(object));
      if (rejection.isPresent()) {
        // The Pod can also be created without the claim for cache mounts.
        var key = name.equals(CacheClaim.OF_OPERATOR) ? name : action.key();
        rejections.put(key, rejection.get());
        return;
      }
    }
  }

  private static Stream<HasMetadata> objects(Action.Create action) {
    return Stream.concat(action.first().stream(), Stream.of(action.object()));
  }

  /** Creates an object; a Pod is adjusted and created again as long as that may help. */
  private Creation created(HasMetadata object) {
    var creation = cluster.create(object);
    return creation instanceof Creation.Refused(var message) && object instanceof Pod pod
        ? adjusted(pod, message).map(this::created).orElse(creation)
        : creation;
  }

  /** The Pod without the cause of the rejection; empty if nothing can be changed. */
  private Optional<Pod> adjusted(Pod pod, String message) {
    if (message.contains(StagePod.OPTIONAL_FIELD)) {
      return changed(pod, StagePod.withoutOptionalField(pod));
    } else if (new RejectedCreation(build.getSpec()).of(message).isOfResources()) {
      var limits = cluster.limitRanges(pod.getMetadata().getNamespace());
      return changed(pod, new LimitRangeFit(limits).fit(pod));
    }
    return Optional.empty();
  }

  private static Optional<Pod> changed(Pod before, Pod after) {
    return before.equals(after) ? Optional.empty() : Optional.of(after);
  }

  /** Executes the deletions of a decision that follows refused creations, and its stops. */
  void executeDeletions(List<Action> actions) {
    execute(
        actions.stream()
            .filter(action -> action instanceof Action.Delete || action instanceof Action.Stop)
            .toList());
  }

  private Optional<Rejection> rejection(String name, Creation creation) {
    return name.equals(CacheClaim.OF_OPERATOR)
        ? new RejectedCreation(build.getSpec()).ofCacheClaim(creation)
        : rejectionOfRun(name, creation);
  }

  private Optional<Rejection> rejectionOfRun(String name, Creation creation) {
    return switch (creation) {
      case Creation.Done _ -> Optional.empty();
      case Creation.Occupied _ ->
          Optional.of(
              new Rejection(
                  Known.NameOccupied,
                  "waits until " + name + " is deleted: an object with this name already exists",
                  true));
      case Creation.NotAllowed(var message) -> Optional.of(Rejection.ofConfigMap(message));
      case Creation.QuotaExceeded(var message) ->
          Optional.of(new RejectedCreation(build.getSpec()).ofQuota(message));
      case Creation.Deferred(var message) ->
          Optional.of(new Rejection(Known.AdmissionUnavailable, message, true));
      case Creation.Refused(var message) ->
          Optional.of(new RejectedCreation(build.getSpec()).of(message));
    };
  }
}
