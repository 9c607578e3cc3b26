package dev.stagewright.controller.webhook;

import dev.stagewright.api.v1alpha1.ImageBuild;
import java.util.Optional;

/** The operations on the cluster that the receiver needs. */
interface WebhookTargets {

  /** The ImageBuild, if this operator handles it. */
  Optional<ImageBuild> build(String namespace, String name);

  /**
   * A value of a Secret.
   *
   * @return empty if it does not exist, or the operator may not read it
   */
  Optional<String> secret(String namespace, String name, String key);

  /**
   * Sets the annotation that starts a run.
   *
   * @return false if it has this value already
   */
  boolean requestRebuild(ImageBuild build, String value);

  /** Records that the Secret cannot be used, in an Event. */
  void reportUnusableSecret(ImageBuild build, String secret);
}
