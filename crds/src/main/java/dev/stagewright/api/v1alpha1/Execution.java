package dev.stagewright.api.v1alpha1;

/** How stages are spread over Pods. */
public enum Execution {
  /** A stage that only one other stage is built on shares that one's Pod. */
  auto,
  /** Each stage has a Pod of its own. */
  podPerStage
}
