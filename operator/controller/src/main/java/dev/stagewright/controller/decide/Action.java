package dev.stagewright.controller.decide;

import dev.stagewright.controller.cluster.Cluster;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;

/** A change to the cluster that a decision requests. */
public sealed interface Action {
  /**
   * Creates an object.
   *
   * @param key of a rejection: the task of a Pod, or the name of another object
   * @param first objects to create before, unless they exist
   */
  record Create(String key, HasMetadata object, List<HasMetadata> first) implements Action {}

  /**
   * Writes entries into a ConfigMap of the user.
   *
   * @param configMap with only these entries; its name is the key of a rejection
   */
  record Publish(ConfigMap configMap) implements Action {}

  /** Deletes an object, whose name, namespace and uid are set. */
  record Delete(HasMetadata object) implements Action {}

  /** Ends a Pod that only sidecars keep running, without deleting the Pod and its logs. */
  record End(Pod pod) implements Action {}

  /**
   * Ends a Pod that still works, and keeps it for its logs. Deletes the Pod if the operator may not
   * change it.
   */
  record Stop(Pod pod) implements Action {}

  /** Deletes a claim that only Pods that have ended still refer to. */
  record Reclaim(PersistentVolumeClaim claim) implements Action {}

  /** Records an Event on the ImageBuild. */
  record RecordEvent(Cluster.EventDraft event) implements Action {}

  /** Deletes the ImageBuild unless it has changed since it was observed. */
  record Expire() implements Action {}
}
