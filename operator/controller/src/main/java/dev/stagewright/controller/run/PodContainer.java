package dev.stagewright.controller.run;

/** Names of the containers that the operator puts into Pods. */
public final class PodContainer {
  /** The container that does the work of the Pod and writes its termination message. */
  public static final String MAIN = "main";

  /** The init container that copies the stage runtime, in clusters without image volumes. */
  public static final String RUNTIME = "runtime";

  private PodContainer() {}
}
