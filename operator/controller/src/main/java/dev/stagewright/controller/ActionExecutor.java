package dev.stagewright.controller;

import dev.stagewright.api.v1alpha1.ImageBuild;
import dev.stagewright.controller.cluster.Cluster;
import dev.stagewright.controller.cluster.Cluster.Creation;
import dev.stagewright.controller.decide.Action;
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
    for (var action : actions) {
      switch (action) {
        case Action.Create create ->
            create(create).ifPresent(rejection -> rejections.put(create.key(), rejection));
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
    return rejections;
  }

  private Optional<Rejection> create(Action.Create action) {
    return Stream.concat(action.first().stream(), Stream.of(action.object()))
        .map(object -> rejection(object.getMetadata().getName(), created(object)))
        .flatMap(Optional::stream)
        .findFirst();
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
    return switch (creation) {
      case Creation.Done _ -> Optional.empty();
      case Creation.Occupied _ ->
          Optional.of(
              new Rejection(
                  Known.NameOccupied,
                  "waits until " + name + " is deleted: an object with this name already exists",
                  true));
      case Creation.QuotaExceeded(var message) ->
          Optional.of(new RejectedCreation(build.getSpec()).ofQuota(message));
      case Creation.Deferred(var message) ->
          Optional.of(new Rejection(Known.AdmissionUnavailable, message, true));
      case Creation.Refused(var message) ->
          Optional.of(new RejectedCreation(build.getSpec()).of(message));
    };
  }
}
