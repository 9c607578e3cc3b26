package dev.stagewright.protocol;

/** Where the instructions of a stage run. */
public enum StageLocation {
  /** In a Pod of the stage. */
  POD,
  /** In the publish container of the worker Pod, because the stage needs files but no container. */
  WORKER
}
