package dev.stagewright.controller.run;

import java.util.Set;

/** Names of the containers that the operator puts into Pods. */
public final class PodContainer {
  /** The container of a stage. */
  public static final String MAIN = "main";

  /** The container of the worker Pod that makes the plan. */
  public static final String PREPARE = "prepare";

  /** The container of the worker Pod that pushes the image. */
  public static final String PUBLISH = "publish";

  /** The init container that copies the stage runtime, in clusters without image volumes. */
  public static final String RUNTIME = "runtime";

  private static final Set<String> TASKS = Set.of(MAIN, PREPARE, PUBLISH);

  private PodContainer() {}

  /** Whether a container of this name performs a task and reports its result. */
  public static boolean isTask(String name) {
    return TASKS.contains(name);
  }

  /** Whether the operator puts a container of this name into Pods. */
  public static boolean isOwn(String name) {
    return isTask(name) || name.equals(RUNTIME);
  }
}
