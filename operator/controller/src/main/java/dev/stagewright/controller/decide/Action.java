package dev.stagewright.controller.decide;

import io.fabric8.kubernetes.api.model.HasMetadata;

/** Something to do to the cluster. */
public sealed interface Action {
  /**
   * Create an object.
   *
   * @param key the part of a Pod, the name of anything else; a refusal comes back under it
   */
  record Create(String key, HasMetadata object) implements Action {}

  /** Delete an object; its name, namespace and uid are set. */
  record Delete(HasMetadata object) implements Action {}
}
