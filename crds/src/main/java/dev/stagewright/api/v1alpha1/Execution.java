package dev.stagewright.api.v1alpha1;

/** Distribution of stages over Pods. */
public enum Execution {
  /** A stage runs in the Pod of the stage that is based on it, if there is exactly one. */
  auto,
  /** Each stage runs in its own Pod. */
  podPerStage
}
