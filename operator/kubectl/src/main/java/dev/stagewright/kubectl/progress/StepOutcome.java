package dev.stagewright.kubectl.progress;

/** How a step ended. */
enum StepOutcome {
  DONE,
  /** The step did not run, because the cache contains its result. */
  CACHED,
  ERROR,
  /** The step was stopped, because the build failed or was cancelled. */
  CANCELLED
}
