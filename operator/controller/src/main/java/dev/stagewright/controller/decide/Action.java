package dev.stagewright.controller.decide;

import dev.stagewright.controller.cluster.Cluster;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;

/** Something to do to the cluster. */
public sealed interface Action {
  /**
   * Create an object.
   *
   * @param key the part of a Pod, the name of anything else; a refusal comes back under it
   * @param first what has to be there before; may be there already
   */
  record Create(String key, HasMetadata object, List<HasMetadata> first) implements Action {
    /** One that needs no other. */
    public Create(String key, HasMetadata object) {
      this(key, object, List.of());
    }
  }

  /**
   * Write entries into a ConfigMap of the user's.
   *
   * @param configMap with nothing but these; a refusal comes back under its name
   */
  record Publish(ConfigMap configMap) implements Action {}

  /** Delete an object; its name, namespace and uid are set. */
  record Delete(HasMetadata object) implements Action {}

  /** End a Pod whose own container has ended, and keep it for its logs. */
  record End(Pod pod) implements Action {}

  /** Delete a claim that no Pod will use again, though Pods that have ended still name it. */
  record Reclaim(PersistentVolumeClaim claim) implements Action {}

  /** Record an Event on the ImageBuild. */
  record RecordEvent(Cluster.EventDraft event) implements Action {}

  /** Delete the ImageBuild, if it is still what was observed. */
  record Expire() implements Action {}
}
